import type { Topic } from './topic.ts';

export const tables: Topic = {
  name: 'tables',
  summary: 'results for other programs: export and query',
  page: [
    '`export` prints finished runs as a table, as CSV, JSON, Markdown or Parquet; `query` answers SQL over the same tables.',
    {
      terms: [
        ['cells', 'a row a cell, a column a number; of trainings a row a training.'],
        ['long', 'a row a cell and quantity: estimate, standardError, exact, zScore.'],
        ['trajectory', 'a row a cell, run of the pair and recorded step.'],
        ['failures', 'a row a cell that could not be computed.'],
        ['runs', 'a row a run.'],
      ],
    },
    'Several runs make one table with a column `run`; a column that a run lacks is empty there. In CSV, text that a spreadsheet would run as a formula gets an apostrophe before it.',
    'In SQL, names with a dot are quoted: "norm.difference.mean"; DESCRIBE cells lists them. DuckDB answers, a package that is installed when wanted: npm install @duckdb/node-api@1. A query is one SELECT; it sees the tables, and no file and no network.',
    {
      examples: [
        ['norm-growth export results/eta-p-sweep--… > sweep.csv', 'a row a cell'],
        ['norm-growth export results/eta-p-sweep--… --table long --format markdown', 'a row a quantity, to be pasted'],
        [
          'norm-growth query results/eta-p-sweep--… \'SELECT learningRate, "norm.difference.mean" FROM cells LIMIT 3\'',
          'SQL over a run',
        ],
        [
          "norm-growth query results/*--* 'SELECT run, cell, zScore FROM long WHERE abs(zScore) > 3 ORDER BY ALL'",
          'every run at once: which estimates are far from their exact values',
        ],
      ],
    },
  ],
  see: ['results', 'export', 'query', 'compare'],
};
