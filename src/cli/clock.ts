/** What something took. */
export interface Elapsed {
  /** Processor time of all threads. */
  readonly cpuMs: number;
  readonly wallMs: number;
}

/** Takes the time from now on, as often as it is asked. */
export function clock(): () => Elapsed {
  const cpu = process.cpuUsage();
  const before = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { cpuMs: (user + system) / 1000, wallMs: performance.now() - before };
  };
}
