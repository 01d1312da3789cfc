import { Project } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { apiReference, docsOf } from './api-reference.ts';
import { signature } from './signatures.ts';

const reference = apiReference();

describe('the API reference', () => {
  it.each(['../../src/index.ts', '../../src/testing/index.ts'])('has every value that %s exports', async (entry) => {
    const names = Object.keys(await import(entry));
    expect(names.length).toBeGreaterThanOrEqual(10);
    expect(names.filter((name) => !new RegExp(`^(class )?${name}[(: ]`, 'm').test(reference))).toEqual([]);
  });

  it('tells the fields of what simulate gives, down to the numbers', () => {
    for (const line of [
      'interface CellResult {',
      '  norm: QuantityResult;',
      '  lower: RunResult;',
      '  mean: number;',
    ]) {
      expect(reference).toContain(`\n${line}\n`);
    }
  });

  it('tells no type twice', () => {
    const types = [...reference.matchAll(/^(?:interface|type|class) (\w+)/gm)].map(([, name]) => name);
    const twice = types.filter((name, index) => types.indexOf(name) !== index);
    // How a script runs a sweep, and how the engine runs a plan.
    expect(twice).toEqual(['RunOptions']);
  });
});

describe('a declaration', () => {
  const file = (text: string) => new Project({ useInMemoryFileSystem: true }).createSourceFile('a.ts', text);

  it('is shown by its overloads, without its body', () => {
    const text = `
      /** Adds. */
      export function add(a: readonly number[], b?: number): number;
      export function add(a: string): string;
      export function add(a: unknown): unknown { return a; }`;
    expect(signature(file(text).getFunctionOrThrow('add'))).toBe(
      'add(a: number[], b?: number): number\nadd(a: string): string',
    );
  });

  it('names parameters that it takes apart, and shows defaults', () => {
    const text = 'function f({ a, b }: SearchRequest, scale = 2, { c }: Options = {}): void {}';
    expect(signature(file(text).getFunctionOrThrow('f'))).toBe(
      'f(request: SearchRequest, scale = 2, options?: Options): void',
    );
  });

  it('has its parameters, errors and sources beside its text, but not the theory', () => {
    const text = `
      /**
       * What it is,
       * in a paragraph.
       *
       * @param p in [0, 1]
       * @throws {RangeError} outside
       * @see theory, section 1
       * @see Robbins (1970)
       */
      function f(p: number) {}`;
    expect(docsOf(file(text).getFunctionOrThrow('f'))).toBe(
      'What it is, in a paragraph.\n\n- `p`: in [0, 1]\n- throws `RangeError` outside\n- source: Robbins (1970)',
    );
  });

  it('is refused without a docstring', () => {
    expect(() => docsOf(file('function f() {}').getFunctionOrThrow('f'))).toThrow('f: expected a docstring');
  });

  it('keeps the comments of its fields, in lines that fit', () => {
    const long = 'word '.repeat(30).trim();
    const text = `interface A {\n  /** ${long} */\n  readonly a: readonly (readonly number[])[];\n}`;
    const lines = signature(file(text).getInterfaceOrThrow('A')).split('\n');
    expect(
      lines
        .slice(1, -2)
        .map((line) => line.replace('  // ', ''))
        .join(' '),
    ).toBe(long);
    expect(lines.at(-2)).toBe('  a: number[][];');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
  });
});
