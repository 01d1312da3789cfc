import { Composer, type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair } from 'yaml';
import type { Path } from '../problem.ts';
import { ScenarioError } from '../scenario-error.ts';
import { visibleText } from '../visible-text.ts';
import type { Plain } from './plain.ts';
import { NodeFault, plainValue } from './plain-value.ts';
import { yamlTokens } from './tokens.ts';

/** A YAML text as a value, which knows where each part of it was written. */
export interface YamlText {
  readonly value: Plain;
  /** `line:column` of the value at a path, or of its key; of the nearest part around it where there is none. */
  locate(path: Path, pointsAt?: 'key'): string;
}

/**
 * Reads one document of YAML 1.2 (core schema): no directives, no tags of other schemas, no repeated keys.
 *
 * @param place what messages call the text, from a position in it: `file.yaml:3:5`
 * @throws {ScenarioError} for anything else, and for texts made to exhaust the reader
 */
export function parseYaml(text: string, place: (lineAndColumn: string) => string): YamlText {
  const lines = new LineCounter();
  lines.addNewLine(0);
  const position = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  const refuse = (faults: readonly { offset: number; fault: string }[]) =>
    new ScenarioError(faults.map(({ offset, fault }) => `${place(position(offset))} — ${fault}`));

  const tokens = yamlTokens(text, lines.addNewLine);
  if ('fault' in tokens) throw refuse([tokens]);
  // Repeated keys are refused by plainValue: the library compares every key with every other.
  const options = { schema: 'core', resolveKnownTags: false, uniqueKeys: false, prettyErrors: false } as const;
  const [document] = [...new Composer(options).compose(tokens, true, text.length)] as [Document.Parsed];
  const slips = [...document.errors, ...document.warnings];
  if (slips.length > 0) {
    throw refuse(slips.map(({ pos, message }) => ({ offset: pos[0], fault: `YAML: ${visibleText(message, 200)}` })));
  }
  try {
    const value = plainValue(document);
    return { value, locate: (path, pointsAt) => position(offsetOf(document, path, pointsAt)) };
  } catch (error) {
    if (!(error instanceof NodeFault)) throw error;
    throw refuse([{ offset: error.node.range?.[0] ?? 0, fault: error.message }]);
  }
}

function offsetOf(document: Document.Parsed, path: Path, pointsAt: 'key' | undefined): number {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const [index, part] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document) ?? null;
    const found = childOf(node, part);
    if (found === undefined) break;
    const isKeyWanted = pointsAt === 'key' && index === path.length - 1;
    // The text of a value from an alias stands elsewhere, which is the place to repair.
    const pointed: Node | null = isKeyWanted ? found.key : (found.value ?? found.key);
    offset = pointed?.range?.[0] ?? offset;
    node = found.value;
  }
  return offset;
}

function childOf(node: Node | null, part: string | number): { key: Node | null; value: Node | null } | undefined {
  if (isSeq<Node | null>(node) && typeof part === 'number' && part < node.items.length) {
    return { key: null, value: node.items[part] };
  }
  if (!isMap<Node, Node | null>(node)) return undefined;
  const pair: Pair<Node, Node | null> | undefined = node.items.find(
    ({ key }) => isScalar(key) && String(key.value) === part,
  );
  return pair && { key: pair.key, value: pair.value };
}
