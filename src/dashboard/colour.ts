/** Whether text may be coloured. Ink's Text asks FORCE_COLOR alone, which whoever opens the dashboard sets by NO_COLOR. */
export function hasColour(): boolean {
  const { FORCE_COLOR, NO_COLOR } = process.env;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return !NO_COLOR && process.stdout.isTTY === true;
}
