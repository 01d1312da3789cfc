import { type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import { visibleText } from '../visible-text.ts';
import type { Plain } from './plain.ts';

/** Aliases that a document may follow: enough to repeat a section, too few to blow one up. */
const mostAliases = 50;

/** Why a node was refused, and where. */
export class NodeFault extends Error {
  readonly node: Node;

  constructor(node: Node, message: string) {
    super(message);
    this.node = node;
  }
}

/**
 * The value of a composed document, whose nesting has been bounded before: see `yamlTokens`.
 *
 * @throws {NodeFault} for repeated keys, keys that are not text, `__proto__`, numbers with leading zeros, many aliases
 */
export function plainValue(document: Document.Parsed): Plain {
  let aliases = 0;
  return document.contents === null ? null : plain(document.contents);

  function plain(node: Node | null): Plain {
    if (node === null) return null;
    if (isAlias(node)) {
      aliases += 1;
      if (aliases > mostAliases) throw new NodeFault(node, `expected at most ${mostAliases} aliases, got more`);
      const target = node.resolve(document);
      if (target === undefined) throw new NodeFault(node, `expected an anchor &${visibleText(node.source)} before it`);
      // An alias inside its own anchor would never end.
      if (target.range![0] <= node.range![0] && node.range![0] < target.range![1]) {
        throw new NodeFault(node, 'expected an alias of another value, got one of a value that holds it');
      }
      return plain(target);
    }
    if (isSeq<Node | null>(node)) return node.items.map(plain);
    if (isMap<Node, Node | null>(node)) {
      const entries = new Map<string, Plain>();
      for (const { key, value } of node.items) entries.set(keyOf(key, entries, node), plain(value));
      return Object.fromEntries(entries);
    }
    return scalarOf(node);
  }
}

function keyOf(key: Node | null, earlier: ReadonlyMap<string, unknown>, map: Node): string {
  const name = isScalar(key) && key.value !== null ? String(key.value) : undefined;
  if (name === undefined) throw new NodeFault(key ?? map, 'expected a name as key, got something else');
  if (name === '__proto__') throw new NodeFault(key!, 'expected a field name, got __proto__');
  if (earlier.has(name)) throw new NodeFault(key!, `expected each key once, got "${visibleText(name)}" again`);
  return name;
}

function scalarOf(node: Node): Plain {
  const value: unknown = isScalar(node) ? node.value : undefined;
  if (typeof value === 'number') {
    const source = (isScalar(node) && node.source) || '';
    if (/^[-+]?0\d/.test(source)) {
      throw new NodeFault(node, `expected a number without leading zeros (or "${source}" in quotes), got ${source}`);
    }
    // −0 becomes 0: they are one value to JSON, and so to the hash that names a run.
    return value === 0 ? 0 : value;
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  throw new NodeFault(node, 'expected text, a number, true, false, a list or a mapping, got something else');
}
