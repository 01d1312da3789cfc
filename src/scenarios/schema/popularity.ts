import { z } from 'zod';
import { tableFormatNames } from '../tables/formats/index.ts';
import { choiceField, closedObject, expected, numberField, textField } from './fields.ts';

const itemId = z
  .union([z.string(), z.int()], { error: expected('the id of an item (text, or an integer)') })
  .transform(String)
  .pipe(z.string().min(1, { error: expected('the id of an item') }))
  .describe('The id of an item, as the table writes it.');

const percentile = numberField(0, 100, 'a percentile of the items, ordered by popularity');

const pairOf = <Field extends z.ZodType>(field: Field, meaning: string) =>
  z.tuple([field, field], { error: expected('a list of two, [lower, upper]') }).describe(meaning);

const columnName = (whose: string) =>
  textField(300, 'the name of a column', `The column of the header that holds the ${whose}, if its name is unusual`);

const table = {
  data: textField(4096, 'a path', 'A user–item table, relative to the scenario file'),
  format: choiceField(['auto', ...tableFormatNames], 'the layout of the table').default('auto'),
  userColumn: columnName('users').optional(),
  itemColumn: columnName('items').optional(),
};

const expectedUnion = expected('{lower, upper}, {data, items: [id, id]} or {data, percentiles: [from, to]}');

/** Both selectors are there when one is set from outside over a file that has the other. */
function unionMessage(issue: { readonly input?: unknown }): string {
  const { input } = issue;
  const has = (key: string) => typeof input === 'object' && input !== null && Object.hasOwn(input, key);
  if (!has('items') || !has('percentiles')) return expectedUnion(issue);
  const whole = "--set 'popularity={data: file, items: [id, id]}'";
  const remedy = `to change from one to the other, replace the whole popularity: ${whole}`;
  return `expected items or percentiles, which exclude each other, got both; ${remedy}`;
}

/** `popularity:` as two numbers, or as two items of a table, or as two percentiles of its items. */
export const popularitySchema = z
  .union(
    [
      closedObject({
        lower: numberField(0, 1, 'p′, the probability that one batch slot holds the item, in the lower run'),
        upper: numberField(0, 1, 'p″, the same in the upper run, at least p′'),
      }).meta({ title: 'two numbers' }),
      closedObject({
        ...table,
        items: pairOf(itemId, 'The items whose popularities are taken, the rarer one first.'),
      }).meta({ title: 'two items of a table' }),
      closedObject({
        ...table,
        percentiles: pairOf(percentile, 'The items at these percentiles (nearest rank, rarest first) are taken.'),
      }).meta({ title: 'two percentiles of a table' }),
    ],
    { error: unionMessage },
  )
  .describe('The popularities of the item in the two runs.');

export type WrittenPopularity = z.output<typeof popularitySchema>;
export type PopularityFromTable = Exclude<WrittenPopularity, { lower: number }>;
