import { Command, CommanderError } from 'commander';
import { programVersion } from '../program-version.ts';
import { wrappedLine } from '../report/wrapped-line.ts';
import { visibleLines } from '../scenarios/visible-text.ts';
import { checkCommand } from './commands/check.ts';
import { compareCommand } from './commands/compare.ts';
import { completionCommand } from './commands/completion.ts';
import { exportCommand } from './commands/export.ts';
import { helpCommand } from './commands/help.ts';
import { listCommand } from './commands/list.ts';
import { mergeCommand } from './commands/merge.ts';
import { parityCommand } from './commands/parity.ts';
import { predictCommand } from './commands/predict.ts';
import { queryCommand } from './commands/query.ts';
import { replayCommand } from './commands/replay.ts';
import { reportCommand } from './commands/report.ts';
import { reproduceCommand } from './commands/reproduce.ts';
import { runScenarioCommand } from './commands/run.ts';
import { schemaCommand } from './commands/schema.ts';
import { searchCommand } from './commands/search.ts';
import { watchCommand } from './commands/watch.ts';
import { workerCommand } from './commands/worker.ts';
import { done, failed, inputWrong } from './exit-codes.ts';

/**
 * Runs one command line and returns its exit code. Errors that the user can mend are printed as one message; any other
 * is a defect of the program and keeps its stack.
 *
 * @param words the words after the program's name
 */
export async function runCommand(words: readonly string[]): Promise<number> {
  let exitCode = done;
  const report = (code: number) => {
    exitCode = code;
  };
  const program = new Command('norm-growth')
    .description('A Monte-Carlo laboratory for the growth of embedding norms.')
    .version(programVersion())
    .showHelpAfterError('(norm-growth help lists commands and topics, norm-growth help <command> its options)')
    .addHelpText('after', examples)
    .helpCommand(false)
    .exitOverride()
    .configureOutput(output)
    .configureHelp({ showGlobalOptions: true });
  for (const command of [
    runScenarioCommand,
    watchCommand,
    checkCommand,
    searchCommand,
    listCommand,
    schemaCommand,
    replayCommand,
    reportCommand,
    exportCommand,
    queryCommand,
    compareCommand,
    mergeCommand,
    workerCommand,
    parityCommand,
    predictCommand,
    reproduceCommand,
    completionCommand,
    helpCommand,
  ]) {
    program.addCommand(command(report).exitOverride().configureOutput(output));
  }
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? done : inputWrong;
    return explain(error);
  }
  return exitCode;
}

/** What is wrong with a command line holds words of it. */
const output = { writeErr: (text: string) => void process.stderr.write(`${visibleLines(text)}\n`) };

const examples = `
Exit codes: 0 done, and all holds; 1 something is false or failed; 2 the input is wrong; 130 interrupted.

Examples:
  norm-growth help                                  topics, too: scenarios, results, precision …
  norm-growth run                                   the default scenario, coupled-pair
  norm-growth run warm-up --replicates 20000
  norm-growth run coupled-pair --sweep learningRate=log:0.1:100:7
  norm-growth check                                 the theorems, checked
  norm-growth reproduce laws                        the article's figures, beside ours
  norm-growth predict --data ratings.csv --learning-rate 100
  norm-growth watch results/eta-p-sweep--…          a run of another process
  norm-growth replay results/own-gains--… --cell 0 --pair 3
  norm-growth report results/eta-p-sweep--…         one page of pictures, to send
  norm-growth export results/eta-p-sweep--… --format csv > sweep.csv
  norm-growth query results/eta-p-sweep--… 'SELECT * FROM long WHERE abs(zScore) > 3'`;

/** The named errors of the doors at which foreign input enters: their messages say where, what and the remedy. */
const inputErrors = ['ScenarioError', 'DataError', 'ResultsError', 'ClaimError', 'QueueError'];

function explain(error: unknown): number {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  if (inputErrors.includes(name)) {
    tellError(`norm-growth: ${message}`);
    return inputWrong;
  }
  if (name === 'SimulationError') {
    tellError(`norm-growth: the simulation failed: ${message}`);
    return failed;
  }
  if (name === 'QueryLimitError') {
    process.stderr.write(`norm-growth: ${message}\n`);
    return failed;
  }
  process.stderr.write(`norm-growth: this is a defect of the program:\n${stack}\n`);
  return failed;
}

function tellError(text: string): void {
  process.stderr.write(`${wrappedLine(text, process.stderr)}\n`);
}
