import type { ObservedStep } from '../coupling/path-record.ts';
import type { Cell } from '../engine/plan.ts';
import type { Replay } from '../engine/replay-pair.ts';
import { decayFactor } from '../process/decay.ts';
import { formatCount, formatSignificant } from './format-number.ts';
import type { Paint } from './paint.ts';
import { textTable } from './text-table.ts';

/** One pair's path around its first violation, and the inequality that decided it. */
export function replayText(cell: Cell, replicate: number, replay: Replay, paint: Paint): string {
  const { order, path, initial, final } = replay;
  const { firstViolation } = order;
  const heading = `cell ${cell.index}, pair ${formatCount(replicate)}: seed ${cell.seed}, ${cell.coupling}`;
  const found =
    firstViolation === null
      ? `${paint.good('✓')} order kept after every one of ${formatCount(cell.pair.steps)} steps; the last changes:`
      : `${paint.bad('✗')} order first violated at step ${formatCount(firstViolation.step)} of ${formatCount(cell.pair.steps)}:`;
  const deciding = path.find(({ step }) => step === firstViolation?.step);
  const decision = deciding === undefined ? [] : [decisionText(cell, deciding, replay.before)];
  return [
    paint.bold(heading),
    `start: s′ = ${number(initial.lower)}, s″ = ${number(initial.upper)}`,
    found,
    textTable([
      ['step', 'c′', 'c″', 's′', 's″', 's″ − s′', ''],
      ...path.map((observed) => stepRow(observed, firstViolation?.step)),
    ]),
    ...decision,
    `end: s′ = ${number(final.lower)}, s″ = ${number(final.upper)}; ${formatCount(order.violatedPairSteps)} violated steps, ${formatCount(order.newViolations)} new violations`,
    '',
  ].join('\n');
}

function stepRow({ step, lowerGain, upperGain, lower, upper }: ObservedStep, violatedAt: number | undefined): string[] {
  const gain = (value: number) => (value === 0 ? '–' : number(value));
  const mark = step === violatedAt ? '← order breaks' : '';
  return [String(step), gain(lowerGain), gain(upperGain), number(lower), number(upper), number(upper - lower), mark];
}

/** The sharp criterion (A1 for one shared gain, A2 otherwise) with the numbers of the step that broke the order. */
export function decisionText({ pair }: Cell, at: ObservedStep, before: { lower: number; upper: number }): string {
  if (at.breaksOrder === null) return 'no sharp criterion is known for momentum';
  const [a, b] = [before.lower, before.upper];
  const { lowerGain, upperGain, step } = at;
  const hasDecay = pair.weightDecay.rate > 0;
  const isLazy = hasDecay && pair.weightDecay.applies === 'lazy';
  const kappa = hasDecay ? decayFactor(pair)(step) : 1;
  if (isLazy && (lowerGain === 0) !== (upperGain === 0)) {
    return `decided by lazy decay in one run only: s′ became ${number(at.lower)}, s″ became ${number(at.upper)}, κ = ${number(kappa)}`;
  }
  const times = hasDecay ? 'κ' : '';
  if (lowerGain === upperGain) {
    return `decided by A1: c > ${times}s′s″, for ${number(lowerGain)} > ${number(kappa * a * b)} (before the step s′ = ${number(a)}, s″ = ${number(b)})`;
  }
  const [left, right] = [(lowerGain - upperGain) * a, (b - a) * (kappa * a * b - lowerGain)];
  return `decided by A2: (c′ − c″)s′ > (s″ − s′)(${times}s′s″ − c′), for ${number(left)} > ${number(right)} (before the step s′ = ${number(a)}, s″ = ${number(b)})`;
}

function number(value: number): string {
  return formatSignificant(value, 8);
}
