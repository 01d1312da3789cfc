import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** A terminal of tmux, with a shell in it and a folder of its own to work in, which goes when it is closed. */
export class TmuxTerminal {
  readonly folder = mkdtempSync(join(tmpdir(), 'norm-growth-terminal-'));
  // A server of its own: whoever runs the suite may have one, too.
  readonly #socket = join(this.folder, 'tmux');

  constructor(columns: number, rows: number) {
    const { CI: _ci, NO_COLOR: _noColor, FORCE_COLOR: _forceColor, ...env } = process.env;
    const size = ['-x', String(columns), '-y', String(rows)];
    const shell = 'env PS1="$ " sh';
    execFileSync('tmux', ['-S', this.#socket, '-f', '/dev/null', 'new-session', '-d', ...size, shell], {
      cwd: this.folder,
      env: { ...env, TERM: 'xterm-256color' },
    });
  }

  /** Types the command into the shell; `$?` is told when it has ended. */
  run(...words: string[]): void {
    const line = words.map((word) => `'${word}'`).join(' ');
    this.#tmux('send-keys', `'${process.execPath}' '${main}' ${line}; echo "ended with $?"`, 'Enter');
  }

  /** Types a line into the shell. */
  type(line: string): void {
    this.#tmux('send-keys', line, 'Enter');
  }

  /** Presses keys, by tmux's names: `Enter`, `BTab`, `C-c`. */
  press(...keys: string[]): void {
    this.#tmux('send-keys', ...keys);
  }

  resize(columns: number, rows: number): void {
    this.#tmux('resize-window', '-x', String(columns), '-y', String(rows));
  }

  /** The screen as it is, with its colours where they are wanted. */
  screen({ coloured = false } = {}): string {
    return this.#tmux('capture-pane', '-p', ...(coloured ? ['-e'] : []));
  }

  /** The screen as soon as it is as wanted. */
  async until(what: string | RegExp | ((screen: string) => boolean), seconds = 60): Promise<string> {
    const isSo =
      typeof what === 'function'
        ? what
        : (screen: string) => (typeof what === 'string' ? screen.includes(what) : what.test(screen));
    const end = performance.now() + 1000 * seconds;
    for (;;) {
      const screen = this.screen();
      if (isSo(screen)) return screen;
      if (performance.now() > end) throw new Error(`the screen never came to ${what}; it is\n${screen}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** The process that the shell has in the foreground; the only one that it has started. */
  foreground(): number {
    const shell = this.#tmux('display-message', '-p', '#{pane_pid}').trim();
    return Number(execFileSync('ps', ['-o', 'pid=', '--ppid', shell], { encoding: 'utf8' }));
  }

  /** Closes the terminal under whatever runs in it. */
  hangUp(): void {
    this.#tmux('kill-pane');
  }

  /** Ends whatever runs in it. */
  close(): void {
    // It ends by itself when its only pane is closed.
    spawnSync('tmux', ['-S', this.#socket, 'kill-server']);
    rmSync(this.folder, { recursive: true, force: true });
  }

  #tmux(command: string, ...words: string[]): string {
    return execFileSync('tmux', ['-S', this.#socket, command, ...words], { encoding: 'utf8' });
  }
}
