import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dot, type Matrix, matrixOf } from '../../../src/maths/matrix.ts';
import { gelu, relu } from '../../../src/trainer/tape/operations/activations.ts';
import { attention } from '../../../src/trainer/tape/operations/attention.ts';
import { layerNorm } from '../../../src/trainer/tape/operations/layer-norm.ts';
import { add, affine } from '../../../src/trainer/tape/operations/linear.ts';
import { gather, meanRows } from '../../../src/trainer/tape/operations/shape.ts';
import { Tape, type Variable } from '../../../src/trainer/tape/tape.ts';

type Operation = (tape: Tape, inputs: readonly Variable[]) => Variable;
type Shape = readonly [rows: number, columns: number];

/** Two sequences, of three rows and of one. */
const spans = [
  { from: 0, to: 3 },
  { from: 3, to: 4 },
];

const operations: readonly (readonly [name: string, shapes: readonly Shape[], operation: Operation])[] = [
  [
    'add',
    [
      [2, 3],
      [2, 3],
    ],
    (tape, [a, b]) => add(tape, a, b),
  ],
  ['add, to itself', [[2, 3]], (tape, [a]) => add(tape, a, a)],
  [
    'affine',
    [
      [4, 3],
      [2, 3],
      [1, 2],
    ],
    (tape, [x, w, b]) => affine(tape, x, w, b),
  ],
  ['gather, with repetitions', [[4, 3]], (tape, [x]) => gather(tape, x, [2, 0, 2])],
  ['meanRows', [[4, 3]], (tape, [x]) => meanRows(tape, x, spans)],
  [
    'attention',
    [
      [4, 4],
      [4, 4],
      [4, 4],
    ],
    (tape, [q, k, v]) => attention(tape, [q, k, v], spans, 2),
  ],
  ['attention, to itself', [[4, 4]], (tape, [x]) => attention(tape, [x, x, x], spans, 1)],
  ['relu', [[3, 4]], (tape, [x]) => relu(tape, x)],
  ['gelu', [[3, 4]], (tape, [x]) => gelu(tape, x)],
  [
    'layerNorm',
    [
      [3, 4],
      [1, 4],
      [1, 4],
    ],
    (tape, [x, w, b]) => layerNorm(tape, x, w, b),
  ],
];

/** Away from 0, where relu has no slope, and with rows that do not all agree, where a layer norm is steep. */
const entry = fc.double({ min: 0.2, max: 2, noNaN: true }).chain((size) => fc.constantFrom(size, -size));
const matrix = ([rows, width]: Shape) =>
  fc
    .array(entry, { minLength: rows * width, maxLength: rows * width })
    .map((entries) => matrixOf(rows, width, entries));

it.each(operations)('%s passes back what central differences find', (_, shapes, operation) => {
  const weights = (count: number) => Float64Array.from({ length: count }, (_, index) => Math.cos(1 + index));
  const scalar = (inputs: readonly Matrix[]) => {
    const tape = new Tape();
    const { value } = operation(
      tape,
      inputs.map((input) => tape.variable(input)),
    );
    return dot(value.values, weights(value.values.length));
  };
  fc.assert(
    fc.property(fc.tuple(...shapes.map(matrix)), fc.nat(), fc.nat(), (inputs, which, where) => {
      const at = which % inputs.length;
      const index = where % inputs[at].values.length;
      const tape = new Tape();
      const variables = inputs.map((input) => tape.variable(input));
      const result = operation(tape, variables);
      tape.windBack(result, { ...result.value, values: weights(result.value.values.length) });
      const h = 1e-5;
      const shifted = (shift: number) =>
        scalar(
          inputs.map((input, i) =>
            i === at ? { ...input, values: input.values.with(index, input.values[index] + shift) } : input,
          ),
        );
      const slope = (shifted(h) - shifted(-h)) / (2 * h);
      const spread = Math.max(...inputs.map(steepness));
      expect(Math.abs(variables[at].gradient.values[index] - slope)).toBeLessThan(1e-6 * spread);
    }),
    { numRuns: 200 },
  );
});

/** Third derivatives grow with the fifth power of how close a row's entries lie: only the layer norm minds. */
function steepness({ rows, columns: width, values }: Matrix): number {
  let largest = 1;
  for (let row = 0; row < rows && width > 1; row++) {
    const entries = values.subarray(row * width, (row + 1) * width);
    largest = Math.max(largest, (1 / Math.max(1e-3, Math.max(...entries) - Math.min(...entries))) ** 3);
  }
  return largest;
}
