/** Whether a line of a refusal names the field, a limit and what came, and nothing that only the program understands. */
export function isClearRefusal(line: string): boolean {
  if (/^… and \d+ more problems?$/.test(line)) return true;
  return (
    /^inline scenario:\d+:\d+ [\w.[\]]+ — expected \S.*, got \S/.test(line) &&
    !/NaN|undefined|\bat .*:\d+:\d+/.test(line)
  );
}
