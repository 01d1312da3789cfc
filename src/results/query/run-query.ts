import type { DuckDBPreparedStatement, DuckDBResult, Json } from '@duckdb/node-api';
import { visibleText } from '../../scenarios/visible-text.ts';
import type { Column, Table, Value } from '../export/table.ts';
import { tableNames } from '../export/table-names.ts';
import { ResultsError } from '../results-error.ts';
import type { SqlEngine } from './sql-engine.ts';

/**
 * Answers one SQL query over the tables that were put into the engine. The rows of the result can be read once, while the
 * engine is open.
 *
 * The query can read the tables and nothing else: no file, no network, no extension, no setting. DuckDB looks at neither
 * its memory limit nor the clock within one function: see `askQuery`.
 *
 * @throws {ResultsError} for anything but one SELECT, and for SQL that is wrong
 */
export async function runQuery(engine: SqlEngine, sql: string): Promise<Table> {
  const statement = await soleSelect(engine, sql);
  return tableOfResult(engine, await orRefusal(() => statement.stream()));
}

async function soleSelect({ duckdb, connection }: SqlEngine, sql: string): Promise<DuckDBPreparedStatement> {
  const { SELECT } = duckdb.StatementType;
  if (sql.replace(/--.*|\/\*[\s\S]*?\*\/|;/g, '').trim() === '')
    throw new ResultsError('query: expected SQL, got none');
  const statements = await orRefusal(() => connection.extractStatements(sql));
  if (statements.count !== 1) {
    const got = statements.count === 0 ? 'none' : `${statements.count} (a PIVOT needs its values: IN (…))`;
    throw new ResultsError(`query: expected one SQL statement, got ${got}; give one SELECT`);
  }
  const statement = await orRefusal(() => statements.prepare(0));
  if (statement.statementType !== SELECT) {
    const type = duckdb.StatementType[statement.statementType];
    throw new ResultsError(`query: expected a SELECT, got ${type}; the tables can be read, and nothing else done`);
  }
  if (statement.parameterCount > 0) {
    throw new ResultsError('query: expected SQL without parameters, got some (? or $1); write the values');
  }
  return statement;
}

function tableOfResult(engine: SqlEngine, result: DuckDBResult): Table {
  const types = result.columnTypes().map(({ typeId }) => typeId);
  const columns = result
    .deduplicatedColumnNames()
    .map((name, index): Column => ({ name, type: columnType(engine, types[index]) }));
  return {
    columns,
    async *rows() {
      for (;;) {
        const chunk = await orRefusal(() => result.fetchChunk());
        if (chunk === null || chunk.rowCount === 0) return;
        for (const row of chunk.convertRows(engine.duckdb.JsonDuckDBValueConverter)) {
          yield row.map((value, index) => plainValue(value, columns[index]));
        }
      }
    },
  };
}

function columnType({ duckdb }: SqlEngine, type: number): Column['type'] {
  const { DuckDBTypeId } = duckdb;
  if (type === DuckDBTypeId.BOOLEAN) return 'boolean';
  const integers = [DuckDBTypeId.TINYINT, DuckDBTypeId.SMALLINT, DuckDBTypeId.INTEGER, DuckDBTypeId.BIGINT];
  const unsigned = [DuckDBTypeId.UTINYINT, DuckDBTypeId.USMALLINT, DuckDBTypeId.UINTEGER, DuckDBTypeId.UBIGINT];
  const others = [DuckDBTypeId.HUGEINT, DuckDBTypeId.UHUGEINT, DuckDBTypeId.FLOAT, DuckDBTypeId.DOUBLE];
  const isNumber = [...integers, ...unsigned, ...others, DuckDBTypeId.DECIMAL].includes(type);
  return isNumber ? 'number' : 'text';
}

/** A value as tables hold it, from DuckDB's JSON form, in which large whole numbers and NaN are text. */
function plainValue(value: Json, { name, type }: Column): Value {
  if (value === null || typeof value === 'boolean') return value;
  if (type !== 'number') return typeof value === 'string' ? value : JSON.stringify(value);
  const number = Number(value);
  if (typeof value === 'string' && /^-?\d+$/.test(value) && !Number.isSafeInteger(number)) {
    throw new ResultsError(`query: ${name} — holds ${value}, which is no exact number here; cast it to VARCHAR`);
  }
  return number;
}

/** What DuckDB refuses, as the user's to mend: in one line, without the excerpt of the query. */
async function orRefusal<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const [said] = (error as Error).message.replace('Failed to extract statements: ', '').split('\n\nLINE ');
    throw new ResultsError(`query: ${inOurWords(said.replace(/\s+/g, ' ').trim())}`, { cause: error });
  }
}

function inOurWords(said: string): string {
  const missing = /^Catalog Error: Table with name (.*) does not exist!/.exec(said)?.[1];
  // DuckDB would propose one of its own tables.
  if (missing !== undefined) return `there is no table ${visibleText(missing, 60)}; there are ${tableNames.join(', ')}`;
  if (said === 'Error in native callback') return 'expected one SELECT, got what DuckDB cannot read';
  return visibleText(said, 300);
}
