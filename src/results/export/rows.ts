import type { RunSummary } from '../summary-schema.ts';

/** What a table's cell may hold. */
export type Value = number | string | boolean | null;

/** A table as rows of named values; every row has the same names in the same order. */
export type Row = Readonly<Record<string, Value>>;

export const tableNames = ['cells', 'trajectory'] as const;

/** Which table of a run: one row a cell, or one row a cell, run and recorded step. */
export type TableName = (typeof tableNames)[number];

export function rowsOf(summary: RunSummary, table: TableName): Row[] {
  return table === 'cells' ? withOneHeader(cellRows(summary)) : trajectoryRows(summary);
}

function cellRows({ cells }: RunSummary): Row[] {
  return cells.map((cell) => {
    const { index, parameters, items, norm, squaredNorm, order, varianceReduction, swept, trajectory, ...rest } = cell;
    return {
      cell: index,
      ...flattened(parameters, ''),
      ...flattened(items ?? {}, 'items.'),
      ...flattened(rest, ''),
      ...flattened(norm, 'norm.'),
      ...flattened(squaredNorm, 'squaredNorm.'),
      ...flattened(order, 'order.'),
      ...flattened(varianceReduction, 'varianceReduction.'),
    };
  });
}

function trajectoryRows({ cells }: RunSummary): Row[] {
  return cells.flatMap(({ index: cell, swept, trajectory }) =>
    (['lower', 'upper'] as const).flatMap((run) => {
      const { mean, standardError, exact, quantiles } = trajectory[run];
      return trajectory.step.map((step, index) => ({
        cell,
        ...swept,
        run,
        step,
        mean: mean[index],
        standardError: standardError[index],
        exact: exact?.[index] ?? null,
        pairsViolated: trajectory.pairsViolated[index],
        ...Object.fromEntries(Object.entries(quantiles).map(([name, values]) => [`quantile.${name}`, values[index]])),
      }));
    }),
  );
}

/** Nested objects as dotted names; lists, which have no column of their own, as JSON. */
function flattened(value: object, prefix: string): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]): [string, Value][] => {
      if (Array.isArray(inner)) return [[prefix + name, JSON.stringify(inner)]];
      if (typeof inner === 'object' && inner !== null) return Object.entries(flattened(inner, `${prefix}${name}.`));
      return [[prefix + name, inner ?? null]];
    }),
  );
}

/** Cells of one sweep may differ in which fields they have (a gain's σ, say): missing ones are null. */
function withOneHeader(rows: readonly Row[]): Row[] {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return rows.map((row) => Object.fromEntries([...names].map((name) => [name, row[name] ?? null])));
}
