import type { Column, Table, Value } from './table.ts';

/** One JSON document: a list with an object a row. A number that JSON does not have is text: "NaN", "Infinity". */
export async function* jsonText({ columns, rows }: Table): AsyncGenerator<string> {
  let isFirst = true;
  for await (const row of rows()) {
    yield `${isFirst ? '[' : ','}\n  ${objectText(columns, row)}`;
    isFirst = false;
  }
  yield isFirst ? '[]\n' : '\n]\n';
}

function objectText(columns: readonly Column[], row: readonly Value[]): string {
  const object = Object.fromEntries(columns.map(({ name }, index) => [name, row[index]]));
  const text = JSON.stringify(
    object,
    (_, value) => (Number.isFinite(value) || typeof value !== 'number' ? value : String(value)),
    2,
  );
  return text.replaceAll('\n', '\n  ');
}
