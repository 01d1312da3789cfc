import { describe, expect, it } from 'vitest';
import { coupledFields } from '../../src/scenarios/coupled-fields.ts';
import { scenarioJsonSchema } from '../../src/scenarios/coupled-schema.ts';
import { coupledTrainingsFields } from '../../src/scenarios/fidelity/coupled-trainings-schema.ts';
import { fidelityJsonSchema } from '../../src/scenarios/fidelity/fidelity-schema.ts';
import { recordedFields } from '../../src/scenarios/fidelity/recorded-schema.ts';
import { trainingFields } from '../../src/scenarios/training/training-fields.ts';
import { trainingJsonSchema } from '../../src/scenarios/training/training-schema.ts';
import { FieldTables } from './field-tables.ts';
import { branchesOf, fieldsOf, resolved, type Schema } from './json-schema.ts';
import { scenarioReference } from './scenario-reference.ts';

const reference = scenarioReference();
const kinds = { coupled: scenarioJsonSchema(), train: trainingJsonSchema(), fidelity: fidelityJsonSchema() };

describe('the scenario reference', () => {
  it.each(Object.entries(kinds))('can describe every field of kind %s', (_, schema) => {
    const undescribed: string[] = [];
    const visit = (node: Schema, path: string) => {
      for (const branch of branchesOf(node).filter((branch) => branch !== node)) visit(branch, path);
      for (const member of [node.items ?? [], node.additionalProperties ?? []].flat()) {
        if (typeof member === 'object') visit(member as Schema, `${path}*.`);
      }
      for (const [name, field] of fieldsOf(node)) {
        if (!field.description) undescribed.push(`${path}${name}`);
        visit(field, `${path}${name}.`);
      }
    };
    visit(resolved(schema), '');
    expect(undescribed).toEqual([]);
  });

  it.each(Object.entries({ coupledFields, trainingFields, recordedFields, coupledTrainingsFields }))(
    'has a row for every one of %s',
    (_, { paths, keysOf }) => {
      const rows = reference.matchAll(/^(?:###|\|) ([^|]+)(?:\| ([^|]*))?/gm);
      const told = new Set([...rows].flatMap(([, names, takes = '']) => keysIn(`${names} ${takes}`)));
      // In a table of its own a field goes by its last key.
      const missing = [...paths.keys()].filter((path) => !told.has(String(keysOf(path).at(-1))));
      expect(missing).toEqual([]);
    },
  );

  it('tells the ranges and defaults that the schemas have', () => {
    expect(reference).toContain('| `batchSize` | integer, 1 to 1,048,576 | `64` | B, slots in a batch |');
    expect(reference).toContain('| `popularity` | mapping, see below | required |');
    expect(reference).toContain('| `user` | `{method: …}`, see below | `method: sgd` |');
    expect(reference).toContain('| `schedule` | `{shape: …}`, as `gain.schedule` | `shape: constant` |');
  });
});

/** The keys in a row's code, in full and without what is before a dot: `{a, b}.c` has a.c, b.c and c. */
function keysIn(row: string): string[] {
  return [...row.matchAll(/`([^`]+)`/g)].flatMap(([, span]) => {
    const places = span.split(/\.(?![^{]*\})/).map((place) => place.replaceAll(/^\{|: .*$|\}$/g, '').split(', '));
    return places.flatMap((_, first) => {
      return places.slice(first).reduce(
        (paths, words) => {
          return paths.flatMap((path) => words.map((word) => (path === '' ? word : `${path}.${word}`)));
        },
        [''],
      );
    });
  });
}

describe('a table of fields', () => {
  const tables = () => new FieldTables((_, field) => field);
  const number = (description: string, more: Partial<Schema> = {}): Schema => {
    return { type: 'number', minimum: 0, maximum: 1, description: `${description}; a number from 0 to 1.`, ...more };
  };
  const mapping = (properties: Record<string, Schema>, more: Partial<Schema> = {}): Schema => {
    return { type: 'object', properties, ...more };
  };

  it('leads into mappings with a dot, and tells what is required and what is the default', () => {
    const decay = mapping({ rate: number('λ', { default: 0.5 }) }, { description: 'Decay.' });
    expect(
      tables().of(
        [
          ['p', number('the share')],
          ['decay', decay],
        ],
        { required: ['p'] },
      ),
    ).toBe(
      [
        '| field | takes | default | what it is |',
        '| --- | --- | --- | --- |',
        '| `p` | 0 to 1 | required | The share |',
        '| `decay` | mapping |  | Decay |',
        '| `decay.rate` | 0 to 1 | `0.5` | λ |',
      ].join('\n'),
    );
  });

  it('gives variants a table of their own, once, and shares rows between them', () => {
    const variant = (word: string, own: Record<string, Schema>) =>
      mapping({ shape: { const: word, description: `Is ${word}.` }, low: number('the low'), ...own });
    const factor = number('a factor');
    const shape = { oneOf: [variant('flat', {}), variant('step', { factor }), variant('fall', { factor })] };
    const text = tables().of(
      [
        ['first', shape],
        ['second', { ...shape, description: 'Another.' }],
      ],
      {},
    );
    expect(text.split('**`first`, `second`**')).toHaveLength(2);
    expect(text.split('\n').slice(-6)).toEqual([
      '| `low` | 0 to 1 |  | The low |',
      '| **`shape: flat`** |  |  | Is flat |',
      '| **`shape: step`** |  |  | Is step |',
      '| `factor` | 0 to 1 |  | A factor |',
      '| **`shape: fall`** |  |  | Is fall |',
      '| `factor` | as for `shape: step` |  |  |',
    ]);
  });

  it('puts fields that are alike into one row, and others not', () => {
    const names = ['norm.lower', 'norm.upper', 'size.lower', 'size.upper'];
    const rowOf = (fields: string[]) =>
      tables()
        .of(
          fields.map((name) => [name, number('x')]),
          {},
        )
        .split('\n')[2];
    expect(rowOf(names)).toBe('| `{norm, size}.{lower, upper}` | 0 to 1 |  | x |');
    expect(rowOf(names.slice(1))).toBe('| `norm.upper`, `size.lower`, `size.upper` | 0 to 1 |  | x |');
  });

  it('does not let a bar in a description end the cell', () => {
    expect(tables().of([['x', number('|x|')]], {})).toContain('| \\|x\\| |');
  });
});
