import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { cellResult } from '../../../../src/engine/cell-result.ts';
import { inProcess } from '../../../../src/engine/executor.ts';
import { runPlan } from '../../../../src/engine/run-plan.ts';
import { planScenario } from '../../../../src/results/stored-plan.ts';
import { coupledFields } from '../../../../src/scenarios/coupled-fields.ts';
import { findScenario, listScenarios } from '../../../../src/scenarios/find-scenario.ts';
import { loadAnyScenario, type Scenario } from '../../../../src/scenarios/load-scenario.ts';
import type { Overrides } from '../../../../src/scenarios/overrides.ts';
import { ScenarioError } from '../../../../src/scenarios/scenario-error.ts';
import { parseYaml } from '../../../../src/scenarios/yaml/yaml-text.ts';
import type { Ordeal, Trial } from '../../ordeal.ts';
import { encoding, textChanges, valueChanges, words } from './hazards.ts';
import { faultOfRefusal } from './judge.ts';
import { tried } from './tried.ts';

/** Steps of all pairs of a plan that is run to its end. */
const mostSteps = 20_000;

/** Every shipped scenario with a few letters or values changed, in other encodings, beside hostile `--set` and the like. */
export const mutatedScenarios: Ordeal = {
  name: 'mutated-scenarios',
  promise:
    'a damaged scenario, or wrong words beside a sound one, is refused with place and remedy, or runs to finite numbers',
  async endure(trial) {
    const tally = { plans: 0, runs: 0 };
    const file = join(trial.folder, 's.yaml');
    const texts = await shippedTexts(trial.folder);
    const refused = await tried(trial, { bounded: 1200, full: 70_000 }, mutated(texts), ({ bytes, overrides }) => {
      // A new file, because some file systems flush one that is written over, which costs milliseconds.
      rmSync(file, { force: true });
      writeFileSync(file, bytes);
      return faultOfLoading(file, overrides, tally);
    });
    const inline = await tried(trial, { bounded: 400, full: 15_000 }, changedValues(texts), ({ value, overrides }) =>
      faultOfLoading(JSON.stringify(value), overrides, tally),
    );
    requireBoth(trial, tally);
    return { scenarios: refused + inline, 'that were plans': tally.plans, 'run to finite numbers': tally.runs };
  },
};

async function shippedTexts(folder: string): Promise<string[]> {
  const table = join(dirname(await findScenario('popularity-from-data')), 'data', 'toy-purchases.csv');
  copyFileSync(table, join(folder, 'toy-purchases.csv'));
  const shipped = (await listScenarios()).map(({ file }) => readFileSync(file, 'utf8'));
  // Few pairs, so that what is still sound can be run.
  const small = shipped.map((text) => text.replace('data/toy', 'toy').replace(/replicates: \d+/, 'replicates: 3'));
  return [...small, small.join(''), ''];
}

interface Words {
  readonly overrides: Overrides;
}

/** What stands after `=`, and after the options that take no path. */
const given = fc.oneof(
  fc.constantFrom(...words),
  fc.constantFrom(
    'log:0.1:100:7',
    'log:1:10:1000000000',
    'linear:0:1:0',
    'linear:1:1:3',
    'log:0:1:3',
    'log:1:2:-1',
    '1,2,5',
    '1,1',
    ',',
  ),
  fc.constantFrom('log:1:nan:3', 'linear:0:1e308:3', 'log:1:10', '0.01', '5', '{a: 1}', '[1', 'a=b=c', 'log:::', ':::'),
  fc.double().map(String),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const path = fc.oneof(
  { arbitrary: fc.constantFrom(...coupledFields.paths.keys(), ...coupledFields.swept), weight: 8 },
  {
    arbitrary: fc.constantFrom(
      '__proto__',
      '__proto__.x',
      'constructor.prototype',
      'a.b',
      '',
      '.',
      'halfWidth',
      'level',
    ),
    weight: 2,
  },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 8 }), weight: 1 },
);
const assignments = fc.array(
  fc.tuple(path, given).map(([name, value]) => `${name}=${value}`),
  { maxLength: 2 },
);
const design = fc.oneof(
  fc.constantFrom(
    'sobol:8',
    'sobol:1e9',
    'sobol:-1',
    'sobol:0',
    'latin-hypercube:4:7',
    'sobol:64:1e30',
    'halton:3',
    'sobol',
    ':',
    '',
  ),
  given,
);
const overrides: fc.Arbitrary<Overrides> = fc.oneof(
  { arbitrary: fc.constant({}), weight: 3 },
  {
    arbitrary: fc.record(
      {
        set: assignments,
        sweep: assignments,
        until: assignments,
        design,
        seed: given,
        replicates: given,
        skipBadRows: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
    weight: 1,
  },
);

function mutated(texts: readonly string[]): fc.Arbitrary<Words & { readonly bytes: Buffer }> {
  return fc
    .tuple(fc.constantFrom(...texts), textChanges, encoding, overrides)
    .map(([text, change, encode, overrides]) => ({ bytes: encode(change(text)), overrides }));
}

function changedValues(texts: readonly string[]): fc.Arbitrary<Words & { readonly value: object }> {
  const documents = texts.slice(0, -2).map((text) => parseYaml(text, (position) => position).value as object);
  return fc.tuple(fc.constantFrom(...documents), valueChanges, overrides).map(([document, change, overrides]) => {
    const value = change(document);
    return {
      value: typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { value },
      overrides,
    };
  });
}

async function faultOfLoading(
  fileOrText: string,
  overrides: Overrides,
  tally: { plans: number; runs: number },
): Promise<string | null> {
  let scenario: Scenario;
  try {
    scenario = await loadAnyScenario(fileOrText, overrides);
  } catch (error) {
    return faultOfRefusal(error);
  }
  tally.plans += 1;
  if (scenario.cells.length === 0) return 'a plan without cells';
  if (scenario.kind !== 'coupled') return null;
  try {
    const { plan } = planScenario(scenario, 'auto');
    const first = plan.cells.at(0)!;
    if (plan.cells.length * first.replicates * (1 + first.pair.steps) * first.pair.batchSize > 16 * mostSteps)
      return null;
    tally.runs += 1;
    for await (const event of runPlan(plan, { executor: inProcess() })) {
      if (event.type === 'failure' && !/expected|not finite|finite/.test(event.failure))
        return `a cell fails: ${event.failure}`;
      const wrong = event.type === 'cell' ? notFinite(cellResult(event.cell, event.summary)) : null;
      if (wrong !== null) return `${wrong} in the summary of cell ${event.type === 'cell' ? event.cell.index : ''}`;
    }
    return null;
  } catch (error) {
    return error instanceof ScenarioError ? faultOfRefusal(error) : `while running: ${(error as Error).stack}`;
  }
}

/** Where a number is none, in words; null where all are. */
function notFinite(value: unknown, at = 'summary'): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : `${at} is ${value}`;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, of] of Object.entries(value)) {
    const found = notFinite(of, `${at}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

/** Changes so wild that nothing sound is left would show nothing. */
function requireBoth({ isBounded }: Trial, { plans, runs }: { readonly plans: number; readonly runs: number }): void {
  if (plans < (isBounded ? 100 : 5000) || runs < (isBounded ? 20 : 1000))
    throw new Error(`only ${plans} plans and ${runs} runs were left of what was changed`);
}
