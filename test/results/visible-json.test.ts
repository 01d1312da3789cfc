import { expect, it } from 'vitest';
import type { Json } from '../../src/random/canonical-json.ts';
import { visibleJson } from '../../src/results/visible-json.ts';

const read = (value: Json) => visibleJson(value, JSON.stringify(value));

it('makes texts and names of fields safe to show, wherever they are', () => {
  const foreign = {
    'a\u001b[2J': [{ label: 'x\u009b2J\u202e', count: 1 }, null, 'a\nb'],
    description: 'two\nlines\u0007',
  };
  expect(read(foreign)).toEqual({
    'a\\u{1b}[2J': [{ label: 'x\\u{9b}2J\\u{202e}', count: 1 }, null, 'a\\u{a}b'],
    description: 'two\nlines\\u{7}',
  });
});

it.each([
  [{ description: 'two\nlines of Müsli', cells: [{ mean: 0.1, label: '=1+1 \\ "x" </script>' }] }],
  [{ description: 'plain', cells: [1, true, null, []] }],
])('leaves %j as it is', (sound) => {
  expect(read(sound)).toEqual(sound);
});

it('is not led to a foreign prototype', () => {
  const read = visibleJson(JSON.parse('{"__proto__": {"a": "\\u001b"}}'), '\u001b') as object;
  expect(Object.hasOwn(read, '__proto__')).toBe(true);
  expect((read as { a?: unknown }).a).toBeUndefined();
});
