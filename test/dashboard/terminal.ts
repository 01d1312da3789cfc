import { onTestFinished } from 'vitest';
import { TmuxTerminal } from './tmux-terminal.ts';

/** A terminal that is closed when the test has ended. */
export class Terminal extends TmuxTerminal {
  constructor(columns: number, rows: number) {
    super(columns, rows);
    onTestFinished(() => this.close());
  }
}
