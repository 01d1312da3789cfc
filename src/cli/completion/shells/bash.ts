import { shellQuoted } from '../../../report/shell-quoted.ts';
import type { CommandLine, CompletedCommand, CompletedOption, Place } from '../command-line.ts';
import type { Shell } from '../shell.ts';

/** bash 4 or newer. */
export const bash: Shell = {
  name: 'bash',
  script: (line) => `# bash completion of ${line.program}, for bash 4 or newer
${functions}
_norm_growth() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} option= command= plain= i
  COMPREPLY=()
  # Readline makes = a word of its own: --format = json.
  if [[ $current == = ]]; then option=$previous current=
  elif [[ $previous == = ]]; then option=\${COMP_WORDS[COMP_CWORD-2]}
  elif [[ $previous == -* ]]; then option=$previous
  fi
  # The = of a word that is no option: of path=value.
  if [[ -n $option && $option != -* ]]; then return; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ \${COMP_WORDS[i]} != -* ]]; then command=\${COMP_WORDS[i]}; break; fi
  done
  _norm_growth_plain
  case "$command $option" in
${line.commands.flatMap(optionCases).join('\n')}
  esac
  case $command in
${commandCase({ ...start(line), names: ["''"] })}
${line.commands.map(commandCase).join('\n')}
  esac
}
complete -F _norm_growth ${line.program}
`,
};

/** What may stand where no command is named yet. */
function start({ commands, options }: CommandLine): Omit<CompletedCommand, 'names'> {
  const place: Place = { name: 'command', words: commands.flatMap(({ names }) => names), files: 'none' };
  return { description: '', options, place };
}

/** What stands after the options of a command: a line for all that take the same. */
function optionCases({ names, options }: CompletedCommand): string[] {
  const taking = Map.groupBy(
    options.filter(({ place }) => place !== null),
    ({ place }) => completing(place),
  );
  return [...taking].map(([steps, alike]) => {
    const flags = alike.flatMap((option) => option.names);
    const patterns = names.flatMap((name) => flags.map((flag) => shellQuoted(`${name} ${flag}`)));
    return `    ${patterns.join(' | ')})\n      ${[steps, 'return'].filter((step) => step !== '').join('; ')} ;;`;
  });
}

function commandCase({ names, options, place }: CompletedCommand): string {
  return `    ${names.join(' | ')})
      if [[ $current == -* ]]; then _norm_growth_words ${words(namesOf(options))}
      else ${completing(place) || 'return'}
      fi ;;`;
}

function completing(place: Place | null): string {
  if (place === null) return '';
  const own = place.words.length > 0 ? `_norm_growth_words ${words(place.words)}` : '';
  const found = { none: '', files: '_norm_growth_files', folders: '_norm_growth_folders', runs: '_norm_growth_runs' };
  return [own, found[place.files]].filter((step) => step !== '').join('; ');
}

function namesOf(options: CommandLine['options']): string[] {
  return options.flatMap(({ names }: CompletedOption) => names);
}

function words(list: readonly string[]): string {
  return list.map(shellQuoted).join(' ');
}

// compgen -W would expand the words once more, and run what stands in $(…).
const functions = `
# The current word without its quotes and backslashes; nothing in it is expanded.
_norm_growth_plain() {
  local rest=$current
  case $current in
    [\\'\\"]*) plain=\${current:1}; return ;;
  esac
  while [[ $rest == *\\\\* ]]; do
    plain+=\${rest%%\\\\*}
    rest=\${rest#*\\\\}
    plain+=\${rest:0:1}
    rest=\${rest:1}
  done
  plain+=$rest
}

_norm_growth_words() {
  local word
  for word; do
    if [[ $word == "$plain"* ]]; then COMPREPLY+=("$word"); fi
    if [[ $word == *= ]]; then compopt -o nospace; fi
  done
}

# Files where no word fits.
_norm_growth_files() {
  compopt -o bashdefault -o default
}

_norm_growth_folders() {
  compopt -o dirnames
}

# Run folders, quoted; where there are none, any folders.
_norm_growth_runs() {
  local run
  _norm_growth_folders
  while IFS= read -r -d '' run; do
    case $current in
      [\\'\\"]*) compopt -o filenames ;;
      *) printf -v run %q "$run" ;;
    esac
    COMPREPLY+=("$run")
  done < <(
    shopt -u failglob
    shopt -s nullglob
    for run in "$plain"*/manifest.json; do printf '%s\\0' "\${run%/*}"; done
    if [[ results/ == "$plain"* && $plain != results/ ]]; then
      for run in results/*/manifest.json; do printf '%s\\0' "\${run%/*}"; done
    fi
  )
}
`;
