import { readFile, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { readResources } from './cells/resources.ts';
import { coupledFields } from './coupled-fields.ts';
import type { CoupledScenario } from './coupled-scenario.ts';
import { expandCoupled, parseFirstCell, parseSweep } from './expand-coupled.ts';
import type { FidelityScenario } from './fidelity/fidelity-scenario.ts';
import type { StudyName } from './fidelity/load-fidelity.ts';
import { applyOverrides, type Overrides } from './overrides.ts';
import { ScenarioDocument, valueAt, withValue } from './scenario-document.ts';
import { ScenarioError } from './scenario-error.ts';
import type { FieldCatalogue } from './schema/field-paths.ts';
import { shownValue } from './shown-value.ts';
import type { Sweep } from './sweep/sweep.ts';
import { faultOfRead, fileFault } from './tables/regular-file.ts';
import type { TrainingScenario } from './training/training-scenario.ts';
import { visiblePath } from './visible-text.ts';
import type { Plain } from './yaml/plain.ts';
import { parseYaml, type YamlText } from './yaml/yaml-text.ts';

/** A scenario of any kind. */
export type Scenario = CoupledScenario | TrainingScenario | FidelityScenario;

const mostBytes = 2 ** 20;
const fieldsWithFiles = [
  ['popularity', 'data'],
  ['gain', 'file'],
  ['gain', 'upperFile'],
  ['data', 'file'],
  ['initialParameters'],
];

/** Whether this is a scenario itself, as JSON or YAML flow text, and not the path of one. `./{…` names such a file. */
export function isInlineScenario(fileOrText: string): boolean {
  return fileOrText.trimStart().startsWith('{');
}

/**
 * Reads a scenario file, puts the command line's values in, checks everything and expands the sweep.
 *
 * Paths inside the file are relative to it; those from `--set` and those of an inline scenario to the working directory.
 *
 * @param file the path of a file, or an inline scenario: text that begins with `{`
 * @throws {ScenarioError} for what is wrong in the file or on the command line, with a line for each problem
 * @throws {DataError} for what is wrong inside a table or a trace that the scenario names
 */
export async function loadScenario(file: string, overrides: Overrides = {}): Promise<CoupledScenario> {
  const scenario = await loadAnyScenario(file, overrides);
  if (scenario.kind === 'coupled') return scenario;
  throw new ScenarioError(`${scenario.source}:1:1 kind — expected coupled, got ${scenario.kind}`);
}

/** Reads a scenario file of any kind, as `loadScenario` reads coupled ones. */
export async function loadAnyScenario(file: string, overrides: Overrides = {}): Promise<Scenario> {
  const folder = isInlineScenario(file) ? '' : dirname(file);
  const text = withPathsFrom(folder, await readScenarioText(file));
  const { fields, load } = await kindOf(text, sourceName(file));
  const document = new ScenarioDocument(sourceName(file), text, fields);
  applyOverrides(document, overrides);
  return load(document, parseSweep(document), overrides);
}

/** What a kind of scenarios brings to its loading. */
interface ScenarioKind {
  readonly fields: FieldCatalogue;
  load(document: ScenarioDocument, sweep: Sweep, overrides: Overrides): Promise<Scenario>;
}

/**
 * Coupled, where the file says nothing else: what it does say is judged with the other fields. The other kinds are loaded
 * when they are wanted: their schemas take longer than a small run.
 */
async function kindOf(text: YamlText, source: string): Promise<ScenarioKind> {
  switch (valueAt(text.value, ['kind'])) {
    case 'train': {
      const { trainingFields } = await import('./training/training-fields.ts');
      const { loadTraining } = await import('./training/load-training.ts');
      return { fields: trainingFields, load: loadTraining };
    }
    case 'fidelity': {
      const { loadFidelity, studyFields } = await import('./fidelity/load-fidelity.ts');
      const study = valueAt(text.value, ['study']);
      const names = Object.keys(studyFields);
      if (typeof study !== 'string' || !Object.hasOwn(studyFields, study)) {
        const message = `expected one of ${names.join(', ')}, got ${shownValue(study)}`;
        throw new ScenarioDocument(source, text, studyFields.predictors).refuse([{ path: ['study'], message }]);
      }
      const known = study as StudyName;
      return { fields: studyFields[known], load: (...rest) => loadFidelity(known, ...rest) };
    }
    default:
      return { fields: coupledFields, load: loadCoupled };
  }
}

async function loadCoupled(document: ScenarioDocument, sweep: Sweep, overrides: Overrides): Promise<CoupledScenario> {
  const fields = parseFirstCell(document, sweep);
  const resources = await readResources(document, fields, overrides.skipBadRows ?? false);
  return expandCoupled(document, sweep, fields, resources);
}

/** The YAML of a scenario file, or of an inline scenario, unchecked. */
export async function readScenarioText(file: string): Promise<YamlText> {
  const source = sourceName(file);
  const bytes = isInlineScenario(file) ? Buffer.from(file) : await readScenarioFile(file, source);
  if (bytes.length > mostBytes) throw tooLong(source, bytes.length);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return parseYaml(text, (position) => `${source}:${position}`);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ScenarioError([`${source} — expected text in UTF-8, got other bytes`]);
  }
}

async function readScenarioFile(file: string, source: string): Promise<Buffer> {
  const fault = await fileFault(file);
  if (fault !== undefined) throw new ScenarioError([`${source} — expected a scenario file, got ${fault}`]);
  const { size } = await stat(file);
  if (size > mostBytes) throw tooLong(source, size);
  return readFile(file).catch((error) => {
    throw new ScenarioError([`${source} — expected a scenario file, got ${faultOfRead(error)}`]);
  });
}

function tooLong(source: string, size: number): ScenarioError {
  return new ScenarioError([`${source} — expected at most a megabyte, got ${size} bytes`]);
}

/** What messages call a scenario. */
function sourceName(file: string): string {
  return isInlineScenario(file) ? 'inline scenario' : visiblePath(file);
}

function withPathsFrom(folder: string, text: YamlText): YamlText {
  const value = fieldsWithFiles.reduce((document: Plain, path) => {
    const written = valueAt(document, path);
    const isRelative = typeof written === 'string' && written !== '' && !isAbsolute(written);
    return isRelative ? withValue(document, path, join(folder, written)) : document;
  }, text.value);
  return { ...text, value };
}
