import type { ObservedStep } from '../../coupling/path-record.ts';
import type { Cell } from '../../engine/plan.ts';
import type { Replay } from '../../engine/replay-pair.ts';
import { formatCount, formatSignificant } from '../../report/format-number.ts';
import { decisionText } from '../../report/replay-text.ts';
import { screenPaint } from '../paint.ts';
import { fitSections, fitTable, wrapped } from './fit-lines.ts';
import type { Room } from './panel.ts';

/** A replayed pair: the steps around its first violation, that one marked, and the inequality that decided it. */
export function replayLines(plan: Cell, replicate: number, replay: Replay, { width, height }: Room): string[] {
  const flip = replay.order.firstViolation?.step;
  const deciding = replay.path.find(({ step }) => step === flip);
  const decision = deciding === undefined ? [] : wrapped(decisionText(plan, deciding, replay.before), width);
  const pair = `pair ${formatCount(replicate)} replayed`;
  const heading = flip === undefined ? `${pair}: order kept` : `${pair}: order breaks at step ${formatCount(flip)} ▶`;
  const [header, ...rows] = stepLines(replay.path, flip, width);
  const place = deciding === undefined ? rows.length - 1 : replay.path.indexOf(deciding);
  const steps = around(rows, place, Math.max(1, height - decision.length - 2));
  return fitSections(
    [
      { rank: 3, lines: [heading] },
      { rank: 4, lines: [screenPaint.dim(header)] },
      { rank: 1, lines: steps },
      { rank: 2, lines: decision },
      { rank: 5, lines: wrapped(endText(replay), width) },
    ],
    height,
  );
}

function stepLines(path: readonly ObservedStep[], flip: number | undefined, width: number): string[] {
  const digits = width < 70 ? 5 : 8;
  const number = (value: number) => formatSignificant(value, digits);
  const gain = (value: number) => (value === 0 ? '–' : number(value));
  return fitTable(
    [
      [' ', 'step', 's′', 's″', 'c′', 'c″', 's″ − s′'],
      ...path.map(({ step, lower, upper, lowerGain, upperGain }) => [
        step === flip ? screenPaint.bad('▶') : ' ',
        String(step),
        number(lower),
        number(upper),
        gain(lowerGain),
        gain(upperGain),
        number(upper - lower),
      ]),
    ],
    width,
  );
}

/** So many lines, that of the given place in their middle as far as it can be. */
function around(lines: readonly string[], place: number, count: number): readonly string[] {
  const start = Math.max(0, Math.min(place - Math.floor(count / 2), lines.length - count));
  return lines.slice(start, start + count);
}

function endText({ final, order }: Replay): string {
  const [lower, upper] = [final.lower, final.upper].map((value) => formatSignificant(value, 8));
  return `end: s′ = ${lower}, s″ = ${upper}; ${formatCount(order.violatedPairSteps)} violated steps, ${formatCount(order.newViolations)} new violations`;
}
