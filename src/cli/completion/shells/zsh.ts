import { shellQuoted } from '../../../report/shell-quoted.ts';
import type { CompletedCommand, CompletedOption, Place } from '../command-line.ts';
import type { Shell } from '../shell.ts';

export const zsh: Shell = {
  name: 'zsh',
  script: ({ program, options, commands }) => `#compdef ${program}
# zsh completion of ${program}
${functions}
_norm-growth() {
  local curcontext="$curcontext" state line
  local -a commands=(
${commands.flatMap(({ names, description }) => names.map((name) => `    ${described(name, description)}`)).join('\n')}
  )
  typeset -A opt_args
  _arguments -C \\
${options.flatMap(optionSpecs).map(continued).join('')}    '1: :->command' '*:: :->rest'
  case $state in
    command) _describe -t commands command commands ;;
    rest)
      case $words[1] in
${commands.map(commandCase).join('\n')}
      esac ;;
  esac
}

# As a file of fpath this is the function's first call; sourced, the function is only made known.
if [[ $funcstack[1] == _norm-growth ]]; then
  _norm-growth "$@"
else
  compdef _norm-growth ${program}
fi
`,
};

function commandCase({ names, options, place }: CompletedCommand): string {
  const rest = place === null ? [] : [shellQuoted(`*:${escaped(place.name)}:${action(place)}`)];
  const specs = [...options.flatMap(optionSpecs), ...rest];
  return `        ${names.join('|')})
          _arguments \\
${specs.map((spec) => `            ${spec}`).join(' \\\n')} ;;`;
}

/** The specifications of `_arguments`: \`--format=[of the table]:format:(csv json)\`. */
function optionSpecs({ names, description, place }: CompletedOption): string[] {
  const text = `[${escaped(description).replace(/[[\]]/g, '\\$&')}]`;
  const value = place === null ? '' : `:${escaped(place.name)}:${action(place)}`;
  return names.map((name) =>
    shellQuoted(`*${name}${place !== null && name.startsWith('--') ? '=' : ''}${text}${value}`),
  );
}

/** An action of `_arguments`. A function after a space gets the words of the action alone. */
function action({ words, files }: Place): string {
  const list = words.join(' ');
  if (files === 'none' && words.some((word) => word.endsWith('='))) return ` _norm_growth_begun ${list}`;
  if (files === 'none') return words.length > 0 ? `(${list})` : ' ';
  const found = { files: '_files', folders: '_files -/', runs: ' _norm_growth_runs' }[files];
  return words.length > 0 ? ` _norm_growth_either ${shellQuoted(found.trim())} ${list}` : found;
}

function described(name: string, description: string): string {
  return shellQuoted(`${escaped(name)}:${escaped(description)}`);
}

function escaped(text: string): string {
  return text.replace(/[\\:]/g, '\\$&');
}

function continued(spec: string): string {
  return `    ${spec} \\\n`;
}

// compadd quotes what it inserts, and evaluates nothing of it.
const functions = `
# Words that go on: path=value.
_norm_growth_begun() {
  compadd -S '' -a argv
}

# Words of our own, and files of a kind.
_norm_growth_either() {
  local files=$1
  shift
  compadd -a argv
  \${=files}
}

# Run folders; where there are none, any folders.
_norm_growth_runs() {
  local -a runs
  local typed=\${(Q)PREFIX}
  runs=($typed*/manifest.json(N:h))
  if [[ results/ == $typed* && $typed != results/ ]]; then runs+=(results/*/manifest.json(N:h)); fi
  if (( $#runs )); then compadd -a runs; else _files -/; fi
}
`;
