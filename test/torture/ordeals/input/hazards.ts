import fc from 'fast-check';

/** Words that have hurt readers of YAML, of numbers and of tables. */
export const words = [
  '.nan', '.inf', '-.inf', '1e400', '-0', '9007199254740993', '1_000', '12:30', 'yes', '017', '0x1F', '!!binary aGk=',
  '!!js/function a', '__proto__', 'constructor', 'toString', '&a', '*a', '<<: *a', '? ', '- ', '[', ']', '{', '}', ': ',
  ', ', '"', "'", '|', '>', '%', '---', '...', '\t', '\0', '\r', '\r\n', '\n', '\ufeff', '\u2028', '\u001b[31m',
  '\u001b]52;c;eA==\u0007', '\u009b2J', '\u202e', '\ud800', 'e\u0301\u0301\u0301\u0301\u0301\u0301', '-1', '1e10',
  '1e-400', '5e-324', '1.7976931348623157e308', 'null', 'true', 'false', '{}', '[]', '~', 'NaN', 'Infinity', '0', '1',
  '0.5', '2', '=1+1', '@', '../../../../etc/passwd', '/dev/zero', '/dev/stdin', 'C:\\nul', 'https://example.org/x',
  'data: toy-purchases.csv', 'data: /', 'file: toy-purchases.csv', 'sweep:', 'where: 1 < 2', 'combine: zipped',
  '{log: [1, 0, 3]}', '{linear: [0, 1, 1e9]}', '{linear: [0, 1, 0]}', '{log: [1, 10, .nan]}', '{log: [-1, 10, 4]}',
  'gain.sigma: [1, 2]', 'learningRate: []', 'learningRate: [1, 1]', 'popularity.upper: [0.5, 0.5]',
  '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1', 'kind: train', 'kind: fidelity', 'kind: coupled', 'study: coupled-trainings',
]; // biome-ignore format: a list of words

/** Values that are not what is asked for, whatever that is. */
export const values: readonly unknown[] = [
  null, true, false, 0, -0, 1, -1, 2, 0.5, 1e-300, 5e-324, 1e300, 1.7976931348623157e308, 2 ** 53, 2 ** 53 + 2, 4294967296,
  -(2 ** 60), 1e15, '', ' ', '0', '1', 'NaN', 'Infinity', '__proto__', 'constructor', 'x'.repeat(10_000), '\u001b[2J',
  '\u202e\u0000\n', '</script><!--', '../../etc/passwd', [], {}, [[]], [null], [0], [1, 1], ['a'], { a: 1 }, { mean: null },
  { length: 1e9 }, { toString: 1 }, Array.from({ length: 100 }, () => 0),
]; // biome-ignore format: a list of values

type Change<T> = (whole: T) => T;
const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

const insertion = fc.tuple(share, fc.constantFrom(...words)).map(([at, word]): Change<string> => {
  return (text) => splice(text, Math.floor(at * text.length), 0, word);
});
/** In the place of a word or a number. */
const replacement = fc.tuple(share, fc.constantFrom(...words)).map(([at, word]): Change<string> => {
  return (text) => {
    const found = [...text.matchAll(/[\w.-]+/g)];
    const [{ index, 0: old } = { index: 0, 0: '' }] = found.slice(Math.floor(at * found.length));
    return splice(text, index, old.length, word);
  };
});
const deletion = fc.tuple(share, fc.nat(20)).map(([at, length]): Change<string> => {
  return (text) => splice(text, Math.floor(at * text.length), 1 + length, '');
});
const otherCharacter = fc.tuple(share, fc.nat(0xffff)).map(([at, code]): Change<string> => {
  return (text) => splice(text, Math.floor(at * text.length), 1, String.fromCharCode(code));
});
const lineChange = fc.tuple(fc.constantFrom('drop', 'double', 'move', 'indent'), share, share).map(
  ([what, from, to]): Change<string> =>
    (text) => {
      const lines = text.split('\n');
      const [at, other] = [from, to].map((of) => Math.floor(of * lines.length));
      const line = lines[at];
      if (what === 'drop') lines.splice(at, 1);
      if (what === 'double') lines.splice(other, 0, line);
      if (what === 'move') lines.splice(other, 0, ...lines.splice(at, 1));
      if (what === 'indent') lines[at] = `  ${line}`;
      return lines.join('\n');
    },
);
const lineEnds = fc.constantFrom('\r\n', '\r', '\n\r', '\0\n').map((end): Change<string> => {
  return (text) => text.replaceAll('\n', end);
});

/** One to four changes of a text, of the kind that a slip or an attacker makes. */
export const textChanges: fc.Arbitrary<Change<string>> = several(
  fc.oneof(
    { arbitrary: insertion, weight: 4 },
    { arbitrary: replacement, weight: 8 },
    { arbitrary: deletion, weight: 2 },
    { arbitrary: otherCharacter, weight: 1 },
    { arbitrary: lineChange, weight: 4 },
    { arbitrary: lineEnds, weight: 1 },
  ),
);

/** A text as bytes: mostly UTF-8, now and then what another program or a damaged disk makes of it. */
export const encoding: fc.Arbitrary<(text: string) => Buffer> = fc.oneof(
  { arbitrary: fc.constant((text: string) => Buffer.from(text)), weight: 30 },
  { arbitrary: fc.constant((text: string) => Buffer.from(`\ufeff${text}`)), weight: 2 },
  { arbitrary: fc.constant((text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')), weight: 1 },
  { arbitrary: fc.constant((text: string) => Buffer.from(text, 'latin1')), weight: 1 },
  {
    arbitrary: fc.tuple(share, fc.nat(255)).map(([at, byte]) => (text: string) => {
      const bytes = Buffer.from(text);
      if (bytes.length > 0) bytes[Math.floor(at * bytes.length)] = byte;
      return bytes;
    }),
    weight: 2,
  },
);

/** One to four changes of a value that JSON can hold: other values, missing and foreign keys, lists of other lengths. */
export const valueChanges: fc.Arbitrary<Change<unknown>> = several(
  fc
    .tuple(share, fc.constantFrom('put', 'drop', 'add', 'double', 'negate', 'move'), fc.constantFrom(...values), share)
    .map(
      ([at, what, value, other]): Change<unknown> =>
        (whole) =>
          changedAt(structuredClone(whole), at, what, value, other),
    ),
);

function changedAt(whole: unknown, at: number, what: string, value: unknown, other: number): unknown {
  const places = [...placesIn(whole)];
  const place = places[Math.floor(at * places.length)];
  if (place === undefined) return value;
  const { holder, key } = place;
  const old = Reflect.get(holder, key);
  if (what === 'put') Reflect.set(holder, key, value);
  if (what === 'drop') Array.isArray(holder) ? holder.splice(Number(key), 1) : Reflect.deleteProperty(holder, key);
  if (what === 'add') Object.defineProperty(holder, '__proto__', { value, enumerable: true, configurable: true });
  if (what === 'double' && Array.isArray(holder)) holder.push(old);
  if (what === 'negate') Reflect.set(holder, key, typeof old === 'number' ? -old : [old]);
  if (what === 'move') {
    const from = places[Math.floor(other * places.length)];
    Reflect.set(holder, key, structuredClone(Reflect.get(from.holder, from.key)));
  }
  return whole;
}

interface Place {
  readonly holder: object;
  readonly key: string;
}

/** Every place below the top; of long lists the first and the last. */
function* placesIn(whole: unknown): Generator<Place> {
  if (typeof whole !== 'object' || whole === null) return;
  const keys = Object.keys(whole);
  for (const key of keys.length > 40 ? [...keys.slice(0, 3), ...keys.slice(-3)] : keys) {
    yield { holder: whole, key };
    yield* placesIn(Reflect.get(whole, key));
  }
}

function several<T>(change: fc.Arbitrary<Change<T>>): fc.Arbitrary<Change<T>> {
  return fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((changes) => (whole: T) => changes.reduce((result, of) => of(result), whole));
}

function splice(text: string, at: number, length: number, word: string): string {
  return text.slice(0, at) + word + text.slice(at + length);
}
