import type { Command } from 'commander';
import { figureCatalogue } from '../../report/report.ts';
import { coupledFields } from '../../scenarios/coupled-fields.ts';
import { listScenarios } from '../../scenarios/find-scenario.ts';
import { claims } from '../../theorems/claims/index.ts';
import { searchableClaims } from '../../theorems/search/claims/index.ts';
import { sections } from '../reproduce/sections/index.ts';
import { topics } from '../topics/index.ts';
import { commandLineOf } from './command-line.ts';
import { shells } from './shells/index.ts';

/** The completion script of a program for a shell: `bash`, `zsh` or `fish`. */
export async function completionScript(program: Command, shellName: string): Promise<string> {
  const shell = shells.find(({ name }) => name === shellName);
  if (shell === undefined) throw new RangeError(`completionScript: there is no shell ${shellName}`);
  return shell.script(commandLineOf(program, await wordsOf(program)));
}

/** The words that stand in places whose options name no choices: their commands judge them, with better messages. */
async function wordsOf(program: Command): Promise<Map<string, readonly string[]>> {
  const families = searchableClaims.flatMap((claim) => claim.families.map(({ name }) => name));
  return new Map([
    ['scenario', (await listScenarios()).map(({ name }) => name)],
    ['check claim', claims.map(({ id }) => id)],
    ['search --claim', searchableClaims.map(({ id }) => id)],
    ['search --gain', [...new Set(families)]],
    ['report --figure', figureCatalogue().map(({ id }) => id)],
    ['reproduce section', sections.map(({ id }) => id)],
    ['run --set', [...coupledFields.paths.keys()].map((path) => `${path}=`)],
    ['run --sweep', coupledFields.swept.map((path) => `${path}=`)],
    ['help topic', [...program.commands.map((command) => command.name()), ...topics.map(({ name }) => name)]],
  ]);
}
