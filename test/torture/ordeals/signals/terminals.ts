import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { TmuxTerminal } from '../../../dashboard/tmux-terminal.ts';
import type { Figures, Ordeal, Trial } from '../../ordeal.ts';
import { openShell } from '../shell.ts';

/** Terminals that are closed, small, or taken from a dashboard for a while. */
export const terminals: Ordeal = {
  name: 'terminals',
  promise:
    'a run whose terminal is closed ends and can be gone on with to the same bytes; one that is stopped by Ctrl+Z or by a ' +
    'signal gives the terminal back and has it again when it goes on; 20 columns are enough to run',
  missing: async () => (spawnSync('tmux', ['-V']).status === 0 ? null : 'there is no tmux'),
  endure,
};

const run = ['run', 'own-gains', '--set', 'steps=20000', '--replicates', '24000'];

async function endure({ isBounded, folder, say }: Trial): Promise<Figures> {
  const shell = openShell(folder);
  await shell.done(`norm-growth ${run.join(' ')} --quiet`);
  const undisturbed = summaryIn(folder);
  const counts = { 'terminals closed': 0, 'times stopped and gone on': 0, 'summaries compared': 0 };
  for (let turn = 0; turn < (isBounded ? 1 : 10); turn++) {
    say(`terminal ${turn + 1} is closed`);
    const found = await afterClosing(turn);
    counts['terminals closed'] += 1;
    if (!found.equals(undisturbed)) throw new Error('after its terminal was closed, a run ended with another summary');
    counts['summaries compared'] += 1;
  }
  for (let turn = 0; turn < (isBounded ? 1 : 10); turn++) {
    say(`a dashboard is stopped for the ${turn + 1}. time`);
    await stopAndGoOn(turn % 2 === 0 ? 'a key' : 'a signal');
    counts['times stopped and gone on'] += 1;
  }
  await onFewColumns();
  return counts;
}

function summaryIn(folder: string): Buffer {
  const [name] = readdirSync(join(folder, 'results'));
  return readFileSync(join(folder, 'results', name, 'summary.json'));
}

/** Closes a terminal with a dashboard in it. The summary with which the run ends when it is gone on with. */
async function afterClosing(turn: number): Promise<Buffer> {
  const terminal = new TmuxTerminal(120, 40);
  try {
    terminal.run(...run, '--workers', '1');
    await terminal.until(/running +\d+ %/);
    const pid = terminal.foreground();
    await setTimeout(100 * turn);
    terminal.hangUp();
    await endOf(pid);
    await openShell(terminal.folder).done(`norm-growth ${run.join(' ')} --quiet`);
    return summaryIn(terminal.folder);
  } finally {
    terminal.close();
  }
}

async function endOf(pid: number): Promise<void> {
  for (const end = performance.now() + 30_000; performance.now() < end; ) {
    if (!existsSync(`/proc/${pid}`)) return;
    await setTimeout(10);
  }
  throw new Error('a run whose terminal was closed went on for half a minute');
}

/** Stops a dashboard as the shell's job control does, looks what it leaves, and lets it go on. */
async function stopAndGoOn(by: 'a key' | 'a signal'): Promise<void> {
  const terminal = new TmuxTerminal(120, 40);
  try {
    terminal.type('echo here before');
    await terminal.until('here before\n');
    terminal.run('run', 'own-gains', '--replicates', '1000000000');
    await terminal.until(/running +\d+ %/);
    if (by === 'a key') terminal.press('C-z');
    else process.kill(terminal.foreground(), 'SIGTSTP');
    await terminal.until((screen) => screen.includes('here before') && !screen.includes('1 Progress'));
    // It is echoed, which no terminal in raw mode does.
    terminal.type('echo the shell hears');
    await terminal.until('echo the shell hears');
    await terminal.until((screen) => screen.split('the shell hears').length > 2);
    terminal.type('fg');
    await terminal.until(/1 Progress[\s\S]*running +\d+ %|running +\d+ %[\s\S]*1 Progress/);
    terminal.press('?');
    await terminal.until('next and previous pane');
    terminal.press('Escape', 'q');
    const screen = await terminal.until('interrupted; what is done is kept');
    if (screen.includes('1 Progress')) throw new Error(`the dashboard stayed on the screen:\n${screen}`);
  } finally {
    terminal.close();
  }
}

async function onFewColumns(): Promise<void> {
  const terminal = new TmuxTerminal(20, 10);
  try {
    terminal.run('run', 'coupled-pair', '--replicates', '20000');
    await terminal.until('ended with 0');
  } finally {
    terminal.close();
  }
}
