import { addScaled, type Matrix, rowOf, zeros } from '../maths/matrix.ts';

/** A table, weight or bias of a tower. */
export interface Parameter {
  /** As parameter files call it: `emb.weight`. */
  readonly name: string;
  /** Stepped in place. */
  readonly value: Matrix;
  /** Frozen parameters have gradients, but no optimiser touches them. */
  readonly isTrainable: boolean;
}

/** ∂L/∂parameter: of some rows, all others being 0, or of every row where `rows` is null. */
export interface ParameterGradient {
  /** Different row numbers, in the order in which they came up. */
  readonly rows: readonly number[] | null;
  readonly values: Matrix;
}

export function parameter(name: string, value: Matrix, isTrainable = true): Parameter {
  return { name, value, isTrainable };
}

/** The gradient of a table whose rows were looked up, one gradient a slot: the slots of a row are summed. */
export function lookUpGradient(inputs: readonly number[], slots: Matrix): ParameterGradient {
  const position = new Map<number, number>();
  for (const input of inputs) if (!position.has(input)) position.set(input, position.size);
  const values = zeros(position.size, slots.columns);
  for (const [slot, input] of inputs.entries()) addScaled(rowOf(values, position.get(input)!), 1, rowOf(slots, slot));
  return { rows: [...position.keys()], values };
}

/** A gradient of every row. */
export function wholeGradient(values: Matrix): ParameterGradient {
  return { rows: null, values };
}

/** One step of plain SGD of the trainable parameters, in place. */
export function descend(
  parameters: readonly Parameter[],
  gradients: readonly ParameterGradient[],
  learningRate: number,
): void {
  for (const [index, { value, isTrainable }] of parameters.entries()) {
    const { rows, values } = gradients[index];
    if (!isTrainable) continue;
    if (rows === null) addScaled(value.values, -learningRate, values.values);
    else for (const [at, row] of rows.entries()) addScaled(rowOf(value, row), -learningRate, rowOf(values, at));
  }
}
