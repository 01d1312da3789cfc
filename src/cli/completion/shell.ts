import type { CommandLine } from './command-line.ts';

/** A shell that a completion script can be written for. */
export interface Shell {
  readonly name: string;
  /**
   * The script. It holds the program's words and needs no program to answer; of the run folders on the disk, whose names
   * anybody may have chosen, it evaluates nothing.
   */
  script(line: CommandLine): string;
}
