import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/** The rooms of src/, each importing only from itself and from those above it. */
const rooms = [
  'maths',
  'process',
  'random',
  'statistics',
  'coupling',
  'kernels',
  'engine',
  'trainer',
  'fidelity',
  'theorems',
  'scenarios',
  'results',
  'distribution',
  'report',
  'dashboard',
  'testing',
  'api',
  'cli',
];

const root = fileURLToPath(new URL('..', import.meta.url));

function sourcesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
}

const importsOf = (text: string) =>
  [...text.matchAll(/(?:from|import\(|new URL\()\s*['"`](\.[^'"`]+)['"`]/g)].map((match) => match[1]);

it('imports only from rooms above', () => {
  const wrong = sourcesIn('src').flatMap((file) => {
    const [room] = file.split('/');
    // The public face stands before the house and may look into every room.
    if (file === 'index.ts') return [];
    return importsOf(readFileSync(join(root, 'src', file), 'utf8')).flatMap((imported) => {
      const path = join('/src', file, '..', imported);
      const target = path.split('/')[2];
      if (!path.startsWith('/src/') || !rooms.includes(target)) return [];
      return rooms.indexOf(target) <= rooms.indexOf(room) ? [] : [`${file} imports ${imported}`];
    });
  });
  expect(wrong).toEqual([]);
});

/** What each file of src/ imports of it, types included. */
function importGraph(): ReadonlyMap<string, readonly string[]> {
  const files = sourcesIn('src');
  return new Map(
    files.map((file) => {
      const imported = importsOf(readFileSync(join(root, 'src', file), 'utf8')).map((path) => join(file, '..', path));
      return [file, imported.filter((path) => files.includes(path))];
    }),
  );
}

/** The files of one circle of a graph, the first of them again at its end; null where there is none. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const isDone = new Set<string>();
  const circleFrom = (file: string, way: readonly string[]): readonly string[] | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (isDone.has(file)) return null;
    for (const next of graph.get(file) ?? []) {
      const circle = circleFrom(next, [...way, file]);
      if (circle !== null) return circle;
    }
    isDone.add(file);
    return null;
  };
  return [...graph.keys()].map((file) => circleFrom(file, [])).find((circle) => circle !== null) ?? null;
}

it('has no file that imports itself, by way of whichever others', () => {
  expect(
    circleIn(
      new Map([
        ['a', ['b', 'c']],
        ['b', ['c']],
        ['c', ['b']],
      ]),
    ),
  ).toEqual(['b', 'c', 'b']);
  expect(circleIn(importGraph())).toBeNull();
});

it('has only rooms that the house knows', () => {
  const found = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(found.map(({ name }) => name).filter((name) => !rooms.includes(name))).toEqual([]);
});

it('names no file after a drawer', () => {
  const drawers = sourcesIn('src').filter((file) => /(^|\/)(utils?|types?|common|helpers?)(\.tsx?|\/)/.test(file));
  expect(drawers).toEqual([]);
});

it('draws from streams alone: no Math.random, and no clock where numbers are made', () => {
  const numbers = ['maths', 'process', 'random', 'statistics', 'coupling', 'engine'];
  const wrong = sourcesIn('src').filter((file) => {
    const text = readFileSync(join(root, 'src', file), 'utf8');
    return (
      /Math\.random/.test(text) ||
      (numbers.includes(file.split('/')[0]) && /Date\.now|performance\.now|new Date/.test(text))
    );
  });
  expect(wrong).toEqual([]);
});
