// The process of one query, which another one starts, asks and ends: see ask-query.ts.
import { batches } from '../export/batches.ts';
import { openRunSources } from '../export/run-source.ts';
import { runMetadata } from '../export/run-table.ts';
import { ResultsError } from '../results-error.ts';
import { loadTables } from './load-tables.ts';
import type { QueryAnswer, QueryMessage, QueryRequest } from './query-messages.ts';
import { runQuery } from './run-query.ts';
import { openSqlEngine } from './sql-engine.ts';

/** While DuckDB computes, on a thread of its own, this thread looks so often how much memory it takes. */
const memoryLookMs = 20;

const asked = messages();
// Whoever asked is gone, killed perhaps. An exit would wait for DuckDB.
process.once('disconnect', endAtOnce);
try {
  await answer((await asked.next()).value as QueryRequest);
} catch (error) {
  if (error instanceof ResultsError) tell({ refusal: error.message });
  else tell({ defect: (error as Error).stack ?? String(error) });
}

async function answer({ folders, sql, mostBytes }: QueryRequest): Promise<void> {
  const runs = await openRunSources(folders);
  const engine = await openSqlEngine();
  await loadTables(engine, runs);
  endAbove(process.memoryUsage.rss() + mostBytes);
  const { columns, rows } = await runQuery(engine, sql);
  tell({ columns, metadata: { ...runMetadata(runs), sql } });
  for await (const batch of batches(rows())) {
    await asked.next();
    tell({ rows: batch });
  }
  await asked.next();
  tell({ rows: [] });
}

function endAbove(bytes: number): void {
  setInterval(() => {
    if (process.memoryUsage.rss() > bytes) tell({ limit: 'memory' }, endAtOnce);
  }, memoryLookMs);
}

function tell(said: QueryAnswer, then?: () => void): void {
  process.send!(said, undefined, undefined, then);
}

function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** What this process is sent. */
async function* messages(): AsyncGenerator<QueryMessage> {
  const waiting: QueryMessage[] = [];
  let wake = () => {};
  process.on('message', (message: QueryMessage) => {
    waiting.push(message);
    wake();
  });
  for (;;) {
    const next = waiting.shift();
    if (next !== undefined) yield next;
    else
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
}
