import type { DuckDBConnection } from '@duckdb/node-api';
import { ResultsError } from '../results-error.ts';

/** DuckDB itself, and a database of its own in memory. */
export interface SqlEngine {
  readonly duckdb: typeof import('@duckdb/node-api');
  readonly connection: DuckDBConnection;
  close(): void;
}

/**
 * Opens an empty database in memory that can be filled and asked, and reaches nothing outside. DuckDB has 70 MB and is loaded here only: whoever does not query can leave it out.
 *
 * One thread: sums of several would differ in their last digits from one time to the next.
 *
 * @throws {ResultsError} when the package is not installed
 */
export async function openSqlEngine(): Promise<SqlEngine> {
  const duckdb = await loadDuckDb();
  const instance = await duckdb.DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '1GB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    // DuckDB tells where they are, in duckdb_settings() and in messages: the defaults are in the user's home.
    home_directory: nowhere,
    extension_directory: nowhere,
    secret_directory: nowhere,
  });
  const connection = await instance.connect();
  await lockIn(connection);
  return {
    duckdb,
    connection,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Shuts the database in: from here on no file, network, extension or setting can be reached, and this stays so. */
async function lockIn(connection: DuckDBConnection): Promise<void> {
  // In this order: the first would be refused after the second, the second after the third.
  await connection.run("SET temp_directory = ''");
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

/** A folder that is never opened. */
const nowhere = '/nowhere';

async function loadDuckDb(): Promise<SqlEngine['duckdb']> {
  try {
    return await import('@duckdb/node-api');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND' && code !== 'ERR_DLOPEN_FAILED') throw error;
    const why = code === 'ERR_DLOPEN_FAILED' ? `DuckDB cannot be loaded (${message})` : 'DuckDB is not installed';
    throw new ResultsError(`query: ${why}; it comes with: npm install @duckdb/node-api@1 (70 MB)`, { cause: error });
  }
}
