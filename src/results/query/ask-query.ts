import { type ChildProcess, fork } from 'node:child_process';
import { entryModule } from '../../package-files.ts';
import type { Table } from '../export/table.ts';
import { ResultsError } from '../results-error.ts';
import type { QueryAnswer, QueryMessage } from './query-messages.ts';

/** A query that was ended because it took too much of something. */
export class QueryLimitError extends Error {
  override readonly name = 'QueryLimitError';
}

/** What is asked. */
export interface Question {
  readonly folders: readonly string[];
  readonly sql: string;
  /** Memory that the answer may take beside the tables; about 1.5 GB where it is missing. */
  readonly mostBytes?: number;
}

/**
 * Answers one SQL query over finished runs, and hands the result on. The rows of the result can be read once.
 *
 * DuckDB runs in a process of its own, which is killed when the signal says so or too much memory is taken: within one
 * function, such as a long `repeat`, DuckDB itself looks at neither.
 *
 * @param signal ends the query when aborted, which then throws the signal's reason
 * @param use gets the result, and what a file says of it as key–value metadata
 * @throws {ResultsError} for folders that are no finished runs, SQL that is wrong, and where DuckDB is not installed
 * @throws {QueryLimitError} where it takes too much memory
 */
export async function askQuery<T>(
  { folders, sql, mostBytes = 1.5 * 2 ** 30 }: Question,
  signal: AbortSignal,
  use: (result: Table, metadata: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const answering = new QueryProcess(signal);
  try {
    const result = await answering.ask({ folders, sql, mostBytes });
    if (!('columns' in result)) throw unexpected(result);
    return await use({ columns: result.columns, rows: () => rowsOf(answering) }, result.metadata);
  } finally {
    answering.end();
  }
}

async function* rowsOf(answering: QueryProcess): ReturnType<Table['rows']> {
  for (;;) {
    const answer = await answering.ask('more');
    if (!('rows' in answer)) throw unexpected(answer);
    if (answer.rows.length === 0) return;
    yield* answer.rows;
  }
}

/** A process that answers one message after the other, until it is ended. */
class QueryProcess {
  readonly #child: ChildProcess;
  readonly #signal: AbortSignal;
  readonly #abort = () => this.#fail(this.#signal.reason);
  #asked: PromiseWithResolvers<QueryAnswer> | null = null;
  #failure: { readonly reason: unknown } | null = null;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    this.#child = fork(entryModule('results/query/query-process'), {
      execArgv: [],
      serialization: 'advanced',
      // Ctrl+C is this process's to act on.
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child.on('message', (answer: QueryAnswer) => {
      if ('limit' in answer) this.#fail(tooLarge());
      else this.#asked?.resolve(answer);
    });
    this.#child.on('error', (error) => this.#fail(error));
    this.#child.on('exit', (_, killer) =>
      this.#fail(killer === null ? new Error('query: it ended early') : tooLarge()),
    );
    signal.addEventListener('abort', this.#abort);
  }

  async ask(message: QueryMessage): Promise<QueryAnswer> {
    if (this.#failure !== null) throw this.#failure.reason;
    this.#asked = Promise.withResolvers();
    // Where it cannot be sent the process has ended, which is told of.
    this.#child.send(message, () => {});
    const answer = await this.#asked.promise;
    if ('refusal' in answer) throw new ResultsError(answer.refusal.split('\n'));
    if ('defect' in answer) throw new Error(answer.defect);
    return answer;
  }

  end(): void {
    this.#signal.removeEventListener('abort', this.#abort);
    this.#child.kill('SIGKILL');
    if (this.#child.connected) this.#child.disconnect();
  }

  #fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.#asked?.reject(this.#failure.reason);
  }
}

/** The system, too, kills what takes too much. */
function tooLarge(): QueryLimitError {
  return new QueryLimitError('query: took too much memory; ask for less at a time');
}

function unexpected(answer: QueryAnswer): Error {
  return new Error(`askQuery: unexpected answer with ${Object.keys(answer).join(', ')}`);
}
