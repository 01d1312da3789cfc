import { Node } from 'ts-morph';
import { type Declaration, Declarations, docstringOf, roomFile } from './declarations.ts';
import { code, details } from './markdown.ts';
import { signature, written } from './signatures.ts';

/** A part of the reference: what some files export, and the types that this names. */
interface Part {
  readonly title: string;
  readonly entry: string;
  /** Where the exports are declared: files or rooms of src/, in the order in which they are told. */
  readonly from: readonly string[];
  /** The rooms whose types are told, where an export names them. */
  readonly typesOf: readonly string[];
  /** How many types a type may be away from an export. */
  readonly depth: number;
}

const parts: readonly Part[] = [
  {
    title: 'Simulations, trainings and predictions',
    entry: 'index.ts',
    from: ['api/simulate', 'api/sweep', 'api/train', 'api'],
    typesOf: ['api', 'engine', 'coupling', 'fidelity', 'trainer', 'scenarios', 'random'],
    depth: Number.POSITIVE_INFINITY,
  },
  {
    title: 'Formulas',
    entry: 'index.ts',
    from: ['process/grow.ts', 'process/growth-table', 'process/presence', 'process'],
    typesOf: ['process'],
    depth: Number.POSITIVE_INFINITY,
  },
  { title: 'Scenario files', entry: 'index.ts', from: ['scenarios'], typesOf: ['scenarios', 'random'], depth: 2 },
  {
    title: 'The engine',
    entry: 'index.ts',
    from: ['engine/plan', 'engine/run-plan', 'engine', 'coupling'],
    typesOf: ['coupling', 'engine'],
    depth: 2,
  },
  { title: 'Statistics', entry: 'index.ts', from: ['statistics'], typesOf: ['statistics'], depth: 1 },
  {
    title: 'Theorems',
    entry: 'index.ts',
    from: ['theorems/claims', 'theorems/verify', 'theorems'],
    typesOf: ['theorems'],
    depth: Number.POSITIVE_INFINITY,
  },
  {
    title: '`norm-growth/testing`',
    entry: 'testing/index.ts',
    from: ['testing/order', 'testing/stochastic', 'testing/law', 'testing/mean', 'testing/matchers', 'testing'],
    typesOf: ['testing'],
    depth: 1,
  },
];

/** What a scenario writes: the scenario reference has it. */
const scenarioTypes = ['ScenarioInput', 'TrainingSpecification', 'GainSpecification', 'LearningRateSchedule'];

/**
 * What the package exports, in Markdown, from its docstrings.
 *
 * @throws {RangeError} for an export without a docstring, and for one of a room that no part has
 */
export function apiReference(): string {
  const declarations = new Declarations();
  const told = new Set<Declaration>();
  const texts = parts.map((part) => partText(part, declarations, told));
  for (const declaration of ['index.ts', 'testing/index.ts'].flatMap((entry) => declarations.exportedBy(entry))) {
    if (!told.has(declaration)) throw new RangeError(`${nameOf(declaration)}: no part of the reference has its room`);
  }
  return details('Every export: its signature, and what it does', [...texts, matchersText(declarations)].join('\n\n'));
}

function partText(part: Part, declarations: Declarations, told: Set<Declaration>): string {
  const own = exportsOf(part, declarations).filter((declaration) => !told.has(declaration));
  const [types, values] = [own.filter(isType), own.filter((declaration) => !isType(declaration))];
  for (const declaration of own) told.add(declaration);
  const named = [...types, ...typesNamedBy(own, part, declarations, told)];
  const blocks = values.map((declaration) => `${block(signature(declaration))}\n\n${docsOf(declaration)}`);
  const summary = `Types: ${named.map((type) => `<code>${nameOf(type)}</code>`).join(', ')}`;
  const ofTypes = named.length === 0 ? [] : [details(summary, block(named.map(typeText).join('\n\n')))];
  return [`### ${part.title}`, ...blocks, ...ofTypes].join('\n\n');
}

function exportsOf({ entry, from }: Part, declarations: Declarations): Declaration[] {
  const placeOf = (declaration: Declaration) => {
    return from.findIndex((prefix) => roomFile(declaration.getSourceFile()).startsWith(prefix));
  };
  const own = declarations.exportedBy(entry).filter((declaration) => placeOf(declaration) >= 0);
  return own.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** Types that are not exported, but named by what is, nearest first. */
function typesNamedBy(own: readonly Declaration[], part: Part, declarations: Declarations, told: Set<Declaration>) {
  const found: Declaration[] = [];
  let layer = own;
  for (let distance = 1; distance <= part.depth && layer.length > 0; distance++) {
    const named = new Set(layer.flatMap((declaration) => declarations.typesIn(declaration)));
    layer = [...named].filter((type) => {
      const [room] = roomFile(type.getSourceFile()).split('/');
      return part.typesOf.includes(room) && !scenarioTypes.includes(nameOf(type)) && !told.has(type);
    });
    for (const type of layer) told.add(type);
    found.push(...layer);
  }
  return found;
}

/** The text of a docstring, its parameters and its errors. */
export function docsOf(declaration: Declaration): string {
  const docstring = docstringOf(declaration);
  if (docstring === undefined) throw new RangeError(`${nameOf(declaration)}: expected a docstring`);
  const lines = docstring.tags.flatMap(({ name, text }) => {
    switch (name) {
      case 'param':
        return `- ${text.replace(/^\S+/, (parameter) => `${code(parameter)}:`)}`;
      case 'throws':
        return `- throws ${text.replace(/^\{(\w+)\}/, (_, error) => code(error))}`;
      case 'returns':
        return `- returns ${text}`;
      default:
        // The theory is not part of the package; books and articles are for everyone.
        return text.startsWith('theory') ? [] : `- source: ${text}`;
    }
  });
  // How to add one is for those who change the code.
  const text = docstring.text.replace(/ To add one: .*$/, '');
  return [text, ...(lines.length === 0 ? [] : [lines.join('\n')])].join('\n\n');
}

function typeText(type: Declaration): string {
  const docstring = docstringOf(type);
  if (docstring === undefined) throw new RangeError(`${nameOf(type)}: expected a docstring`);
  const comment = docstring.text.replaceAll('\n\n', ' ');
  const told = signature(type).replace(/ScenarioInput<.*>/, '…');
  return `${written(`/** ${comment} */`)}\n${told}`;
}

/** The matchers that `norm-growth/testing/vitest` adds to vitest's own. */
function matchersText(declarations: Declarations): string {
  const [matchers] = declarations
    .file('testing/vitest.ts')
    .getModules()
    .flatMap((module) => module.getInterfaces());
  const intro = 'Importing it registers the matchers with vitest, and their types.';
  return `### \`norm-growth/testing/vitest\`\n\n${intro}\n\n${block(written(matchers.getText().replaceAll(/^ {2}/gm, '')))}`;
}

function isType(declaration: Declaration): boolean {
  return Node.isInterfaceDeclaration(declaration) || Node.isTypeAliasDeclaration(declaration);
}

function nameOf(declaration: Declaration): string {
  return declaration.getName() ?? '';
}

function block(text: string): string {
  return `\`\`\`ts\n${text}\n\`\`\``;
}
