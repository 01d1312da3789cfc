import fc from 'fast-check';
import { expect, it } from 'vitest';
import { coupledFields } from '../../src/scenarios/coupled-fields.ts';
import { type Condition, parseCondition } from '../../src/scenarios/sweep/where.ts';

const values: Record<string, number | string> = {
  'gain.model': 'constant',
  learningRate: 3,
  tangentSignal: 1.5,
  'popularity.lower': 0.25,
  steps: 10,
};
const valueAt = (path: string) => values[path];

it.each([
  ['learningRate <= 2 * tangentSignal', true],
  ['learningRate < 2 * tangentSignal', false],
  ['learningRate > 2.9999', true],
  ['3>=learningRate', true],
  ['popularity.lower == 2.5e-1', true],
  ['popularity.lower != .25', false],
  ['-1 * steps < -9', true],
  [' steps  <  +11 ', true],
  ['gain.model == constant', true],
  ['gain.model == in-batch-softmax', false],
  ['gain.model != lognormal', true],
])('%s is %s', (text, expected) => {
  expect((parseCondition(text, coupledFields) as Condition)(valueAt)).toBe(expected);
});

it('tells which path has no number in a cell', () => {
  expect((parseCondition('gain.sigma < 1', coupledFields) as Condition)(valueAt)).toEqual({ missing: 'gain.sigma' });
});

const operand = 'a number, a path or number * path';
it.each([
  ['', `expected ${operand}, got nothing at character 1`],
  ['steps', 'expected one of < <= > >= == !=, got nothing at character 6'],
  ['steps = 3', 'expected one of < <= > >= == !=, got "= 3" at character 7'],
  ['steps < ', `expected ${operand}, got nothing at character 9`],
  ['steps << 3', `expected ${operand}, got "< 3" at character 8`],
  ['steps * 2 < 3', 'expected one of < <= > >= == !=, got "* 2 < 3" at character 7'],
  ['2 * 3 < steps', `expected ${operand}, got "3 < steps" at character 5`],
  ['steps < 3 and 1 < 2', 'expected the end of the condition, got "and 1 < 2" at character 11'],
  ['process.exit() < 3', 'expected one of < <= > >= == !=, got "() < 3" at character 13'],
  ['step < 3', 'expected the path of a number, got "step"; did you mean steps?'],
  ['constructor < 3', 'expected the path of a number, got "constructor"'],
  ['gain.model < constant', 'expected the path of a number, got "gain.model"'],
  ['gain.model == 3', 'expected a word, got "3" at character 15'],
  ['gain.model == a b', 'expected the end of the condition, got "b" at character 17'],
  ['1 < gain.model', 'expected the path of a number, got "gain.model"'],
])('refuses %j', (text, fault) => {
  expect(parseCondition(text, coupledFields)).toEqual({ fault });
});

it('means what it says, for all numbers', () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
  fc.assert(
    fc.property(finite, finite, finite, (factor, steps, bound) => {
      const condition = parseCondition(`${factor} * steps <= ${bound}`, coupledFields) as Condition;
      expect(condition(() => steps)).toBe(factor * steps <= bound);
    }),
    { seed: 1 },
  );
});

it('survives any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'steps<>=!* .1e-') }), (text) => {
      const parsed = parseCondition(text, coupledFields);
      expect('fault' in parsed || typeof parsed === 'function').toBe(true);
    }),
    { seed: 1, numRuns: 500 },
  );
});
