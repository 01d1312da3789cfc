import { readFileSync } from 'node:fs';
import { expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { CouplingName } from '../../src/coupling/coupling.ts';
import type { GainSpecification } from '../../src/process/gains/gain-specification.ts';
import type { PairParameters } from '../../src/process/pair-parameters.ts';
import type { LearningRateSchedule } from '../../src/process/schedules/index.ts';
import type { GeneratorName } from '../../src/random/generators/index.ts';
import { type CoupledFields, scenarioJsonSchema } from '../../src/scenarios/coupled-schema.ts';
import { load, minimal } from './files.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;
type Fields = Omit<CoupledFields, 'popularity' | 'gain'>;
type OfPair = Omit<PairParameters, 'popularity' | 'gain'>;
type Mutable<T> = T extends object ? { -readonly [Key in keyof T]: Mutable<T[Key]> } : T;
/** Trace gains may name a file instead of their values; the loader's result is a GainSpecification by its type. */
type WithoutTrace<Gain> = Exclude<Gain, { model: 'trace' }>;

it('has the fields of PairParameters, of the same types (checked when the test is compiled)', () => {
  expectTypeOf<Pick<Fields, keyof OfPair>>().toEqualTypeOf<Mutable<OfPair>>();
  expectTypeOf<WithoutTrace<CoupledFields['gain']>>().branded.toEqualTypeOf<Mutable<WithoutTrace<GainSpecification>>>();
  type Schedule = Extract<CoupledFields['gain'], { model: 'schedule' }>['schedule'];
  expectTypeOf<Schedule>().branded.toEqualTypeOf<Mutable<LearningRateSchedule>>();
  expectTypeOf<CoupledFields['coupling']>().toEqualTypeOf<'auto' | CouplingName>();
  expectTypeOf<CoupledFields['generator']>().toEqualTypeOf<GeneratorName>();
});

it('fills in the defaults of a file that says only what it must', async () => {
  const { cells, description } = await load(minimal);
  expect(description).toBe('');
  expect([...cells]).toEqual([
    {
      pair: {
        popularity: { lower: 0.1, upper: 0.2 },
        batchSize: 64,
        steps: 1000,
        initialSquaredNorm: 1,
        learningRate: 1,
        tangentSignal: 1,
        gain: { model: 'constant', sharing: 'shared' },
        weightDecay: { rate: 0, applies: 'dense' },
        momentum: { beta: 0, dimension: 16 },
      },
      coupling: 'auto',
      generator: 'sfc32',
      seed: 1,
      replicates: 100_000,
      recordedSteps: Array.from({ length: 50 }, (_, index) => 20 * (index + 1)),
      items: null,
      swept: {},
      expect: [],
    },
  ]);
});

it('describes every field to editors', () => {
  const undescribed: string[] = [];
  visit(scenarioJsonSchema(), '');
  expect(undescribed).toEqual([]);

  function visit(node: JsonSchema, path: string): void {
    for (const branch of [...(node.anyOf ?? []), ...(node.oneOf ?? [])]) visit(branch as JsonSchema, path);
    for (const [key, member] of Object.entries(node.properties ?? {}) as [string, JsonSchema][]) {
      if (!member.description) undescribed.push(`${path}${key}`);
      visit(member, `${path}${key}.`);
    }
  }
});

it('is the schema that ships beside the scenarios (norm-growth schema > scenarios/schema.json)', () => {
  const shipped = readFileSync(new URL('../../scenarios/schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(shipped)).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
});
