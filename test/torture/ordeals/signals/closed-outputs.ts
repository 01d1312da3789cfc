import { mkdirSync } from 'node:fs';
import type { Ending } from '../../../started-process.ts';
import type { Figures, Ordeal, Trial } from '../../ordeal.ts';
import { openShell, told } from '../shell.ts';

/** Outputs that are closed, full, or read no further. */
export const closedOutputs: Ordeal = {
  name: 'closed-outputs',
  promise:
    'what cannot be printed on a full device ends with exit code 1 and the reason; a reader that has read enough ends the ' +
    'command without a word and not with 0 where anything was left; closed outputs and a full stderr stop nothing',
  endure,
};

const commands: readonly string[] = [
  'schema',
  'export run/ --table long',
  'run coupled-pair --replicates 500 --quiet',
  'report run/ --output page.html --force',
  'compare run/ run/.',
  'replay run/ --pair 3',
  'watch run/',
  'list',
  'help scenarios',
  "query run/ 'FROM long' --format csv",
  'run coupled-pair --replicates 500 --quiet --format json',
  'export run/ --table long --format markdown',
  'search --candidates 100',
  'run experiments/01-embedding --set epochs=1 --quiet',
];

/** A way to spoil an output: what is put behind the command, and how it is to end. */
interface Spoiling {
  readonly behind: string;
  isAsPromised(ended: Ending): boolean;
}

const isTold = ({ code, stdout, stderr }: Ending) =>
  code === 1 && stdout === '' && /stdout: cannot be written \(ENOSPC\): the disk is full; free/.test(stderr);

const spoilings: readonly Spoiling[] = [
  { behind: '> /dev/full', isAsPromised: (ended) => isTold(ended) && !/\n\s+at |defect|unsettled/.test(ended.stderr) },
  { behind: '2> /dev/full', isAsPromised: ({ code }) => code === 0 },
  { behind: '>&-', isAsPromised: ({ code, stderr }) => code === 0 && !/\n\s+at /.test(stderr) },
  { behind: '2>&-', isAsPromised: ({ code, stdout }) => code === 0 && stdout.length > 0 },
  { behind: '<&- >&- 2>&-', isAsPromised: ({ code }) => code === 0 },
  // Whoever is at the other end leaves before anything comes.
  {
    behind: '| true; exit $PIPESTATUS',
    isAsPromised: ({ code, stderr }) => [0, 130].includes(code ?? -1) && !/\n\s+at |EPIPE/.test(stderr),
  },
];

async function endure({ isBounded, folder, say }: Trial): Promise<Figures> {
  const shell = openShell(folder);
  mkdirSync(`${folder}/runs`);
  await shell.done('norm-growth run coupled-pair --replicates 500 --quiet --out runs; ln -s runs/* run');
  let tried = 0;
  for (const [index, command] of commands.slice(0, isBounded ? 3 : commands.length).entries()) {
    for (const [turn, { behind, isAsPromised }] of spoilings.entries()) {
      // In the short form each command meets /dev/full, and one of the others.
      if (isBounded && turn !== 0 && turn % 3 !== index) continue;
      say(`${command} ${behind}`);
      const ended = await shell.run(`norm-growth ${command} ${behind}`);
      if (!isAsPromised(ended)) throw new Error(`norm-growth ${command} ${behind}: ended with ${told(ended)}`);
      tried += 1;
    }
  }
  const cut = await shell.run('norm-growth schema scenario | head -c 10; exit $PIPESTATUS');
  if (![0, 130].includes(cut.code ?? -1) || cut.stderr !== '') throw new Error(`schema | head: ${told(cut)}`);
  return { 'spoilt outputs': tried + 1 };
}
