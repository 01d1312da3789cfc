import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageFile } from '../package-files.ts';
import { isInlineScenario, readScenarioText } from './load-scenario.ts';
import { suggestion } from './nearest-name.ts';
import { valueAt } from './scenario-document.ts';
import { ScenarioError } from './scenario-error.ts';
import { fileFault } from './tables/regular-file.ts';
import { visibleLines, visiblePath } from './visible-text.ts';

/** The package's own scenarios. */
const folder = fileURLToPath(packageFile('scenarios/'));

/** A scenario that comes with the package. */
export interface ShippedScenario {
  readonly name: string;
  readonly description: string;
  readonly file: string;
}

/**
 * Folders of scenarios within `scenarios/`: the article's ten experiments, real trainings against the process, and what
 * only the reference figures need.
 */
const shippedFolders = ['experiments', 'fidelity', 'reference'] as const;

/** The scenarios that come with the package: those outside of folders first, then folder by folder, by name. */
export async function listScenarios(): Promise<ShippedScenario[]> {
  return Promise.all((await shippedNames()).map((name) => describeScenario(name, shippedFile(name))));
}

async function describeScenario(name: string, file: string): Promise<ShippedScenario> {
  const description = valueAt((await readScenarioText(file)).value, ['description']);
  return { name, description: visibleLines(String(description ?? '')), file };
}

/**
 * The file of a scenario: the path of a file, or the name of a scenario that comes with the package. An inline scenario
 * (text that begins with `{`) is given back as it is: `loadScenario` takes both.
 *
 * @throws {ScenarioError} if it is none of them
 */
export async function findScenario(nameOrPath: string): Promise<string> {
  if (isInlineScenario(nameOrPath)) return nameOrPath;
  const names = await shippedNames();
  if (names.includes(nameOrPath)) return shippedFile(nameOrPath);
  const fault = await fileFault(nameOrPath);
  if (fault === undefined) return nameOrPath;
  const expected = 'expected a scenario file or the name of a shipped scenario';
  const word = nameOrPath.replace(/\.ya?ml$/, '');
  const outside = names.filter((name) => !name.includes('/'));
  const near = suggestion(basename(word), outside) || suggestion(word, names);
  const shipped = `shipped are ${outside.join(', ')}, and the folders ${shippedFolders.slice(0, -1).join(', ')} and ${shippedFolders.at(-1)}`;
  throw new ScenarioError([`${visiblePath(nameOrPath)} — ${expected}, got ${fault}${near}\n${shipped}`]);
}

/**
 * The scenario files that a word names: those of a folder, in the order of their names, or a single one.
 *
 * @throws {ScenarioError} for a folder without scenario files, and for what `findScenario` refuses
 */
export async function findScenarios(nameOrPath: string): Promise<string[]> {
  const shipped = join(folder, nameOrPath);
  const path = (await isFolder(nameOrPath)) ? nameOrPath : isShippedFolder(nameOrPath) ? shipped : null;
  if (path === null) return [await findScenario(nameOrPath)];
  const files = (await readdir(path)).filter((file) => file.endsWith('.yaml')).sort();
  if (files.length > 0) return files.map((file) => join(path, file));
  throw new ScenarioError([`${visiblePath(nameOrPath)} — expected a folder with scenario files, got none`]);
}

function isShippedFolder(name: string): boolean {
  return shippedFolders.some((shipped) => shipped === name);
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() ?? false;
}

async function shippedNames(): Promise<string[]> {
  const folders = ['', ...shippedFolders.map((name) => `${name}/`)];
  const names = await Promise.all(folders.map(async (name) => (await namesIn(name)).sort()));
  return names.flat();
}

async function namesIn(shipped: string): Promise<string[]> {
  const files = (await readdir(join(folder, shipped))).filter((file) => file.endsWith('.yaml'));
  return files.map((file) => `${shipped}${basename(file, '.yaml')}`);
}

/** As a path from the working directory where that is shorter, for messages. */
function shippedFile(name: string): string {
  const file = join(folder, `${name}.yaml`);
  const fromHere = relative('', file);
  return fromHere.startsWith('..') ? file : fromHere;
}
