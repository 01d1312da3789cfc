import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { CoupledScenario } from '../../src/scenarios/coupled-scenario.ts';
import { loadScenario } from '../../src/scenarios/load-scenario.ts';
import type { Overrides } from '../../src/scenarios/overrides.ts';

const folder = mkdtempSync(join(tmpdir(), 'norm-growth-scenarios-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The least that a scenario needs, with room for what a test adds on line 4. */
export const minimal = 'kind: coupled\nname: x\npopularity: {lower: 0.1, upper: 0.2}\n';

/** Writes a file of this test and returns its path. */
export function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  // A new file, because some file systems flush one that is written over, which costs milliseconds.
  rmSync(path, { force: true });
  writeFileSync(path, content);
  return path;
}

export async function load(content: string | Uint8Array, overrides?: Overrides): Promise<CoupledScenario> {
  return loadScenario(written('s.yaml', content), overrides);
}

/** The message with which loading fails, the folder of the test left out; `name: message` for unexpected errors. */
export async function refusalOf(content: string | Uint8Array, overrides?: Overrides): Promise<string> {
  return messageOf(load(content, overrides));
}

export async function messageOf(failing: Promise<unknown>): Promise<string> {
  try {
    await failing;
    return 'no error';
  } catch (error) {
    const { name, message } = error as Error;
    const isOurs = name === 'ScenarioError' || name === 'DataError';
    return (isOurs ? message : `${name}: ${message}`).replaceAll(`${folder}/`, '');
  }
}
