import type { CommandLine, CompletedCommand, CompletedOption, Place } from '../command-line.ts';
import type { Shell } from '../shell.ts';

export const fish: Shell = {
  name: 'fish',
  script: ({ program, options, commands }: CommandLine) => {
    const complete = (condition: string, rest: string) => `complete -c ${program} -n ${quoted(condition)} ${rest}`;
    const atStart = '__norm_growth_at';
    const lines = [
      ...options.flatMap((option) => optionLines(option).map((rest) => complete(atStart, rest))),
      ...commands.flatMap(({ names, description }) =>
        names.map((name) => complete(atStart, `-a ${quoted(name)} -d ${quoted(description)}`)),
      ),
      ...commands.flatMap((command) => {
        const condition = `__norm_growth_at ${command.names.join(' ')}`;
        return linesOf(command).map((rest) => complete(condition, rest));
      }),
    ];
    return `# fish completion of ${program}
${functions}
complete -c ${program} -e
complete -c ${program} -f
${lines.join('\n')}
`;
  },
};

function linesOf({ options, place }: CompletedCommand): string[] {
  return [...options.flatMap(optionLines), ...(place === null ? [] : placeParts(place))];
}

function optionLines({ names, description, place }: CompletedOption): string[] {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`)).join(' ');
  const line = `${flags} -d ${quoted(description)}`;
  if (place === null) return [line];
  const parts = placeParts(place);
  return parts.length === 0 ? [`${line} -x`] : parts.map((part) => `${line} ${part === '-F' ? '-r -F' : `-x ${part}`}`);
}

/** What fish is to offer in a place: each part a line of its own. */
function placeParts({ words, files }: Place): string[] {
  const found = {
    none: [],
    files: ['-F'],
    folders: [`-a ${quoted('(__fish_complete_directories)')}`],
    runs: [`-a ${quoted('(__norm_growth_runs)')}`],
  }[files];
  return [...(words.length > 0 ? [`-a ${quoted(words.join(' '))}`] : []), ...found];
}

/** Within single quotes of fish only the quote and the backslash have a meaning. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

// What a command substitution prints is not evaluated again: a folder's name stays a name.
const functions = `
# Whether the command is one of these; without any, whether there is none yet.
function __norm_growth_at
    set -l words (commandline -opc)
    for word in $words[2..-1]
        if not string match -q -- '-*' $word
            contains -- $word $argv
            return
        end
    end
    not set -q argv[1]
end

# Run folders; where there are none, any folders.
function __norm_growth_runs
    set -l typed (commandline -ct | string unescape)
    set -l manifests $typed*/manifest.json results/*/manifest.json
    if set -q manifests[1]
        string replace -r '/manifest\\.json$' '' -- $manifests
    else
        __fish_complete_directories
    end
end
`;
