import { gainModel } from '../process/gains/index.ts';
import type { PairParameters } from '../process/pair-parameters.ts';
import type { Counterexample, SearchResult } from '../theorems/search/search-for-break.ts';
import type { Break, PathBreak, PathStep } from '../theorems/search/searchable-claim.ts';
import { formatCount, formatSignificant } from './format-number.ts';
import type { Paint } from './paint.ts';
import { textTable } from './text-table.ts';

/** What a search tried, the counterexample if there is one, and the scenario that shows it again. */
export function searchText(
  result: SearchResult,
  scenario: { name: string; yaml: string } | null,
  paint: Paint,
): string {
  const { claim, family, found } = result;
  const head = [`${paint.bold(claim.id)}  ${claim.statement}`, `${paint.bold(family.name)}  ${family.says}`];
  return [...head, outcomeText(result, paint), ...(found === null ? [] : counterexampleText(found)), '']
    .concat(scenario === null ? [] : reproductionText(scenario, paint))
    .join('\n');
}

function outcomeText({ steps, seed, candidates, tried, found }: SearchResult, paint: Paint): string {
  const where = `trainings of ${steps === 1 ? '1 step' : `1 to ${steps} steps`}, seed ${seed}`;
  if (found === null) {
    return `${paint.good('✓')} no counterexample in ${formatCount(tried)} candidates (${where}); that is no proof`;
  }
  const effort = `candidate ${formatCount(tried)} of at most ${formatCount(candidates)} (${where})`;
  return `${paint.bad('✗')} broken by ${effort}, made rounder ${times(found.shrinks)}:`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${formatCount(count)} times`;
}

function counterexampleText({ pair, break: broken }: Counterexample): string[] {
  const { popularity, batchSize, initialSquaredNorm } = pair;
  return [
    '',
    `  s₀ = ${initialSquaredNorm}, B = ${batchSize}, p′ = ${popularity.lower}, p″ = ${popularity.upper}`,
    `  ${gainsText(pair)}`,
    '',
    ...breakText(broken, initialSquaredNorm as number),
  ];
}

/** c_1, c_2, … one a step, or c(1), c(2), … where the gain depends on the copies. */
function gainsText(pair: PairParameters): string {
  const model = gainModel(pair, 'lower');
  const count = model.usesCopies ? pair.batchSize : pair.steps;
  const path = model.open();
  return Array.from({ length: count }, (_, index) => {
    const gain = model.usesCopies ? path.gain(1, index + 1, () => 0) : path.gain(index + 1, 1, () => 0);
    return `${model.usesCopies ? `c(${index + 1})` : `c_${index + 1}`} = ${Number(gain.toPrecision(8))}`;
  }).join(', ');
}

function breakText(broken: Break, start: number): string[] {
  if (broken.kind === 'path') return pathText(broken, start);
  const { lower, upper } = broken.meanNorm;
  const fall = lower - upper;
  // As many digits as tell the two apart.
  const digits = Math.min(17, Math.max(6, Math.ceil(Math.log10(lower / fall)) + 2));
  const means = `E‖q′‖ = ${formatSignificant(lower, digits)}, E‖q″‖ = ${formatSignificant(upper, digits)}`;
  return [`  after step ${broken.step}: ${means}, smaller by ${formatSignificant(fall, 3)}`];
}

/** The path step by step, and the inequality of claim A1 at its last step. */
function pathText({ step, probability, path }: PathBreak, start: number): string[] {
  const { gain, before } = path[path.length - 1];
  const product = number(before.lower * before.upper);
  return [
    textTable([
      ['step', 'c', 'in the batch of', 's′', 's″'],
      ['0', '', '', number(start), number(start)],
      ...path.map(stepRow),
    ]),
    '',
    `  step ${step} flips the order: c > s′s″ before it, for ${number(gain)} > ${product} (claim A1)`,
    `  probability of this path: ${formatSignificant(probability, 3)}`,
  ];
}

const holders = { neither: 'neither run', upper: 'upper run', both: 'both runs' };

function stepRow({ gain, presentIn, after }: PathStep, index: number): string[] {
  return [String(index + 1), number(gain), holders[presentIn], number(after.lower), number(after.upper)];
}

function reproductionText({ name, yaml }: { name: string; yaml: string }, paint: Paint): string[] {
  return [
    `Simulate it: save these lines as ${name}.yaml, then ${paint.bold(`norm-growth run ${name}.yaml`)}`,
    '',
    yaml,
  ];
}

function number(value: number): string {
  return String(Number(value.toPrecision(8)));
}
