import type { PlannedTraining } from '../fidelity/calculator/planned-training.ts';
import {
  expectOption,
  expectOptions,
  numberRule,
  type OptionRule,
  type OptionRules,
  typeRule,
  wordRule,
} from './expect-options.ts';

/** Where the items' popularities come from. */
export type PopularitySource =
  /** Interactions of each item, in an epoch. */
  | { readonly popularity: readonly number[] }
  /** Zipf's law: the item of rank r has a share ∝ r^−exponent of so many interactions an epoch. */
  | { readonly zipf: { readonly exponent: number; readonly items: number; readonly interactions: number } }
  /** The path of a user–item table, in any of the formats of scenarios. */
  | { readonly data: string; readonly skipBadRows?: boolean };

/** A training that has not begun; what is left out is as in `norm-growth predict`. */
export type PredictInput = PopularitySource &
  Partial<Omit<PlannedTraining, 'popularity' | 'learningRate'>> & {
    /** η, one or several. */
    readonly learningRate: number | readonly number[];
    /** Places of the ranker; 10 unless said. */
    readonly topK?: number;
  };

// Beyond these the squares of the law leave the range of numbers.
const isPositive = (value: number) => value >= 1e-15 && value <= 1e15;
const isCount = (value: number) => value >= 0 && value <= 1e15;
const isList = (value: unknown) => Array.isArray(value);
const positive = numberRule('a number from 1e-15 to 1e15', isPositive);
const count = numberRule('a number from 0 to 1e15', isCount);
const atLeast = (least: number) =>
  numberRule(
    `a whole number from ${least} to 1e9`,
    (value) => Number.isSafeInteger(value) && value >= least && value <= 1e9,
  );
const object = (like: string) => typeRule(`an object such as ${like}`, (value) => typeof value === 'object');

const rules: OptionRules = {
  popularity: typeRule('a list of numbers', isList, 'Array.from makes one of other things'),
  zipf: object('{exponent: 1, items: 1000, interactions: 60000}'),
  data: typeRule('the path of a table', (value) => typeof value === 'string'),
  skipBadRows: typeRule('true or false', (value) => typeof value === 'boolean'),
  learningRate: typeRule('a number or a list of numbers', (value) => typeof value === 'number' || isList(value)),
  topK: atLeast(1),
  batchSize: atLeast(2),
  dimension: atLeast(2),
  temperature: positive,
  initial: object('{standardDeviation: 1} or {radius: 1}'),
  epochs: atLeast(1),
  momentum: numberRule('a number from 0 to below 1', (value) => value >= 0 && value < 1),
  weightDecay: object("{rate: 1e-6, applies: 'lazy'}"),
};

/** What the members hold that are objects, all of them wanted but those of `initial`. */
const partRules: Readonly<Record<string, OptionRules>> = {
  zipf: {
    exponent: numberRule('a number from 0 to 10', (value) => value >= 0 && value <= 10),
    items: numberRule(
      'a whole number from 4 to 1e7',
      (value) => Number.isSafeInteger(value) && value >= 4 && value <= 1e7,
    ),
    interactions: numberRule('a number from 1 to 1e15', (value) => value >= 1 && value <= 1e15),
  },
  weightDecay: { rate: count, applies: wordRule(['dense', 'lazy']) },
  initial: { standardDeviation: positive, radius: positive },
};

/**
 * Checks all that can be checked before a table is read.
 *
 * @throws {TypeError} for unknown names, values of another type and missing ones
 * @throws {RangeError} for values out of range
 */
export function expectInput(input: PredictInput): void {
  expectOptions('predict', input, rules);
  expectOneOf(input, 'input', ['popularity', 'zipf', 'data']);
  for (const [name, parts] of Object.entries(partRules)) {
    const part = input[name as keyof PredictInput] as object | undefined;
    if (part === undefined) continue;
    expectOptions('predict', part, parts, name);
    if (name === 'initial') expectOneOf(part, name, Object.keys(parts));
    else for (const member of Object.keys(parts)) expectThere(part, member, `${name}.${member}`, parts[member]);
  }
  expectThere(input, 'learningRate', 'learningRate', rules.learningRate);
  if ('popularity' in input && input.popularity !== undefined) expectEach('popularity', input.popularity, count);
  const { learningRate } = input;
  if (typeof learningRate === 'number') expectOption('predict', 'learningRate', learningRate, positive);
  else {
    if (learningRate.length === 0)
      throw new RangeError('predict: expected learningRate to be numbers, got an empty list');
    expectEach('learningRate', learningRate, positive);
  }
}

function expectEach(name: string, list: readonly unknown[], rule: OptionRule): void {
  for (const [index, value] of list.entries()) expectOption('predict', `${name}[${index}]`, value, rule);
}

function expectThere(holder: object, member: string, name: string, rule: OptionRule): void {
  if ((holder as Record<string, unknown>)[member] === undefined) expectOption('predict', name, undefined, rule);
}

function expectOneOf(holder: object, what: string, members: readonly string[]): void {
  const there = members.filter((member) => (holder as Record<string, unknown>)[member] !== undefined);
  if (there.length === 1) return;
  const got = there.length === 0 ? 'none of them' : there.join(' and ');
  throw new TypeError(`predict: expected ${what} with one of ${members.join(', ')}, got ${got}; give exactly one`);
}
