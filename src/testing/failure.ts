import { AssertionError } from 'node:assert';
import { type Cell, streamGroup } from '../engine/plan.ts';
import { formatSignificant } from '../report/format-number.ts';
import { replayLine } from './replay-line.ts';
import type { SimulatedPair } from './tested-pair.ts';

/** What an assertion found wrong, line by line. */
interface Failure {
  /** The assertion's name. */
  readonly operator: string;
  /** One sentence that turned out false. */
  readonly claim: string;
  readonly measured: string;
  readonly expected: string;
  /** The probability of failing though the claim is true, and what it rests on. */
  readonly falseAlarm: string;
  readonly counterexample: string;
}

/** The probability that a violated path is shown though there is none. */
export const noFalseAlarm = '0: one path is a proof';

/** The error of a claim about a pair, with the address of one that shows it and the command that replays it. */
export function pairFailure(
  failure: Failure,
  simulated: SimulatedPair,
  at: { readonly replicate: number; readonly step?: number },
): AssertionError {
  const { cell } = simulated;
  return assertionError(failure, [
    `seed: ${cell.seed}`,
    `address: ${addressText(cell, at.replicate)}${at.step === undefined ? '' : `, step ${at.step}`}`,
    `counterexample: ${failure.counterexample}`,
    `replay: ${replayLine(simulated, at.replicate)}`,
  ]);
}

/** The error of a claim about a sample that was given. */
export function sampleFailure(failure: Failure): AssertionError {
  return assertionError(failure, [
    `counterexample: ${failure.counterexample}`,
    'seed, address, replay: none, because the sample was given',
  ]);
}

/** A p-value, to two digits. */
export function pValueText(pValue: number): string {
  return pValue === 0 ? 'p < 1e-300' : `p = ${formatSignificant(pValue, 2)}`;
}

function assertionError(failure: Failure, lines: readonly string[]): AssertionError {
  const { operator, claim, measured, expected, falseAlarm } = failure;
  const head = [`claim: ${claim}`, `measured: ${measured}; expected: ${expected}`, `false-alarm rate: ${falseAlarm}`];
  return new AssertionError({ message: [...head, ...lines].join('\n'), actual: measured, expected, operator });
}

/** The values that name the pair's draws: the group of its cell's streams, the chunk, and the pair. */
function addressText(cell: Cell, replicate: number): string {
  const group = streamGroup(cell).slice(0, 12);
  const chunk = Math.floor(replicate / cell.chunkSize);
  return `cell group ${group} (${cell.coupling}, ${cell.kernel}), chunk ${chunk}, pair ${replicate}`;
}
