import { readFileSync } from 'node:fs';
import { packageFile } from '../package-files.ts';

/** The exports of the compiled kernels; see the sources in `assembly/` for what the arguments mean. */
interface KernelExports {
  readonly memory: WebAssembly.Memory;
  openDraws(): number;
  openGaps(logAbsence: number, steps: number): number;
  openThinning(digits: bigint, isCertain: boolean): void;
  openBernoulli(lower: bigint, upper: bigint, isLowerCertain: boolean, isUpperCertain: boolean): void;
  openByEvents(): void;
  openByTrials(trials: number, words: number): void;
  openGainsByStep(table: number): void;
  openLognormalGains(isShared: boolean, sigma: number, scale: number, jumps: number): void;
  openOrder(counters: number): void;
  openTrace(traced: number, trace: number): void;
  openTrajectories(
    points: number,
    slotOf: number,
    rows: number,
    accumulators: number,
    histograms: number,
    firstBin: number,
    bins: number,
  ): void;
  closeTrajectories(): void;
  walk(steps: number, replicates: number, starts: number, finals: number, lists: number): number;
  walkByCounting(steps: number, replicates: number, states: number, gain: number, list: number, finals: number): number;
  drawOutcomes(draws: number, table: number, bits: number, counts: number): number;
  meansOfFinals(finals: number, replicates: number, out: number): void;
  momentsOfFinals(finals: number, replicates: number, means: number, out: number): void;
  countFinals(finals: number, replicates: number, counts: number, firstBin: number): void;
  openInfoNce(isSingle: boolean, batch: number, dimension: number, at: number): number;
  userGradientsAt(): number;
  itemGradientsAt(): number;
  infoNceDouble: InfoNce;
  infoNceSingle: InfoNce;
  descendDouble(table: number, indices: number, gradients: number, rate: number): void;
  descendSingle(table: number, indices: number, gradients: number, rate: number): void;
}

type InfoNce = (
  batch: number,
  users: number,
  userIndices: number,
  items: number,
  itemIndices: number,
  temperature: number,
  isCosine: boolean,
) => number;

/** The first page is left to the module itself, the second to what has a fixed size: see `assembly/memory.ts`. */
const firstFree = 2 * 65_536;

/** One instance of the kernels with its memory: regions are handed out from the bottom and given back all at once. */
export class KernelModule {
  readonly exports: KernelExports;
  #top = firstFree;

  constructor(module: WebAssembly.Module) {
    const abort = () => {
      throw new Error('KernelModule: a kernel aborted');
    };
    this.exports = new WebAssembly.Instance(module, { env: { abort } }).exports as unknown as KernelExports;
    // The second page is there from the start.
    this.#growTo(firstFree);
  }

  /** Forgets every region. */
  reset(): void {
    this.#top = firstFree;
  }

  /** Address of a region of this many bytes, its content undefined. Views made before may be detached: make them after. */
  allocate(bytes: number): number {
    const address = this.#top;
    // 64-byte lines, so that no vector straddles two.
    this.#top += Math.ceil(bytes / 64) * 64;
    this.#growTo(this.#top);
    return address;
  }

  /** Address of a region of zeros. */
  allocateZeros(bytes: number): number {
    const address = this.allocate(bytes);
    new Uint8Array(this.exports.memory.buffer, address, bytes).fill(0);
    return address;
  }

  /** Address of a region that holds these numbers. */
  place(values: Float64Array | Uint16Array | Uint32Array): number {
    const address = this.allocate(values.byteLength);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    new Uint8Array(this.exports.memory.buffer, address, values.byteLength).set(bytes);
    return address;
  }

  floats(address: number, length: number): Float64Array {
    return new Float64Array(this.exports.memory.buffer, address, length);
  }

  words(address: number, length: number): Uint32Array {
    return new Uint32Array(this.exports.memory.buffer, address, length);
  }

  longs(address: number, length: number): BigInt64Array {
    return new BigInt64Array(this.exports.memory.buffer, address, length);
  }

  #growTo(bytes: number): void {
    const { memory } = this.exports;
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
  }
}

let compiled: WebAssembly.Module | null = null;
let shared: KernelModule | null = null;

/**
 * Kernels with a memory of their own: compiled at the first call, from the file that the build makes. After a change in
 * `assembly/`, `npm run build:kernels` makes it anew.
 */
export function ownKernels(): KernelModule {
  // Run from the sources or from the build, the compiled kernels are in the build.
  compiled ??= new WebAssembly.Module(readFileSync(packageFile('dist/kernels/kernels.wasm')));
  return new KernelModule(compiled);
}

/** This thread's kernels, for work that is done before the next begins. */
export function kernels(): KernelModule {
  shared ??= ownKernels();
  return shared;
}
