import type { Argument, Command, Option } from 'commander';

/** Which files may stand in a place: any, folders, or the folders of runs. */
type Files = 'none' | 'files' | 'folders' | 'runs';

/** What may stand in a place of the command line. */
export interface Place {
  /** What the help calls it: `path=value`. */
  readonly name: string;
  /** Those with a trailing `=` go on without a space. */
  readonly words: readonly string[];
  readonly files: Files;
}

/** An option, and what follows it; null where nothing does. */
export interface CompletedOption {
  /** `-h`, `--help`. */
  readonly names: readonly string[];
  readonly description: string;
  readonly place: Place | null;
}

/** A command, and what its arguments may be; null where it takes none. */
export interface CompletedCommand {
  /** `run`, and its other name `sweep`. */
  readonly names: readonly string[];
  readonly description: string;
  readonly options: readonly CompletedOption[];
  readonly place: Place | null;
}

/** All that can be completed. */
export interface CommandLine {
  readonly program: string;
  readonly options: readonly CompletedOption[];
  readonly commands: readonly CompletedCommand[];
}

/**
 * What the program's commands and options take.
 *
 * @param words of the places that name no choices of their own: `check claim`, `search --gain`; or, for a place of any
 *   command, its name alone: `scenario`
 */
export function commandLineOf(program: Command, words: ReadonlyMap<string, readonly string[]>): CommandLine {
  const placeOf = (command: Command, key: string, name: string, choices: readonly string[] | undefined): Place => {
    const own = choices ?? words.get(`${command.name()} ${key}`);
    const byName = name.split(' ').flatMap((word) => words.get(word) ?? []);
    return { name, words: own ?? byName, files: filesOf(name) };
  };
  const optionsOf = (command: Command): CompletedOption[] =>
    command
      .createHelp()
      .visibleOptions(command)
      .map((option) => ({
        names: [option.short, option.long].filter((name) => name !== undefined),
        description: summary(option.description),
        place: takesValue(option) ? placeOf(command, option.long!, placeholder(option), option.argChoices) : null,
      }));
  return {
    program: program.name(),
    options: optionsOf(program),
    commands: program.commands.map((command) => {
      // The arguments of a command are of one kind: those after the first are more of it.
      const argument: Argument | undefined = command.registeredArguments[0];
      return {
        names: [command.name(), ...command.aliases()],
        description: summary(command.description()),
        options: optionsOf(command),
        place: argument === undefined ? null : placeOf(command, argument.name(), argument.name(), argument.argChoices),
      };
    }),
  };
}

function takesValue(option: Option): boolean {
  return option.required || option.optional;
}

/** `path=value` of `--set <path=value>`. */
function placeholder(option: Option): string {
  return /[<[](.+)[>\]]/.exec(option.flags)![1].replace('...', '');
}

/** A name says what stands in its place: `run folders and SQL` run folders, `scenario file` a file. */
function filesOf(name: string): Files {
  const words = name.split(' ');
  const has = (...any: string[]) => any.some((word) => words.includes(word));
  if (has('run', 'runs')) return 'runs';
  if (has('file', 'files', 'scenario', 'path')) return 'files';
  return has('folder', 'folders') ? 'folders' : 'none';
}

/** What stands beside a word while one chooses: the description up to its first stop. */
function summary(description: string): string {
  return description.split(/[;:(]/)[0].trim();
}
