import { z } from 'zod';
import { choiceField, closedObject, expected, integerField } from './fields.ts';

/** A sweep of more cells than this is refused before it is expanded. */
export const mostCells = 1_000_000;

const anyNumber = z.number({ error: expected('a finite number') });

const grid = (meaning: string) =>
  z
    .tuple([anyNumber, anyNumber, integerField(2, mostCells, 'the number of values')], {
      error: expected('[from, to, number of values]'),
    })
    .describe(meaning);

const value = z.union([z.number(), z.string(), z.boolean()], { error: expected('a number, a word, true or false') });

const axis = z
  .union(
    [
      z.array(value).min(1, { error: expected('at least one value') }),
      closedObject({ linear: grid('Values in equal steps, both ends included.') }),
      closedObject({ log: grid('Values in equal ratios, both ends included and positive.') }),
    ],
    { error: expected('a list of values, {linear: [from, to, n]} or {log: [from, to, n]}') },
  )
  .describe('The values of one field, named by its dotted path: a list, {linear: […]} or {log: […]}.');

const conditionText = z.string({ error: expected('a condition such as popularity.lower < popularity.upper') });

/** `sweep:`: dotted paths to the values they take, and how these combine into cells. */
export const sweepSchema = z
  .object(
    {
      combine: choiceField(
        ['crossed', 'zipped'],
        'every combination (the first path varies slowest), or the first values together, the second, …',
      ).default('crossed'),
      where: z
        .union([conditionText, z.array(conditionText)], { error: expected('a condition, or a list of them') })
        .default([])
        .describe('Conditions that a cell must meet, such as `popularity.lower < popularity.upper`.'),
    },
    { error: expected('a mapping from dotted paths to values') },
  )
  .catchall(axis)
  .prefault({})
  .describe('Fields that take several values; each combination is a cell.');

export type WrittenSweep = z.output<typeof sweepSchema>;
export type WrittenAxis = z.output<typeof axis>;
