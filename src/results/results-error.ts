import { visibleText } from '../scenarios/visible-text.ts';

const longestLine = 2000;

/**
 * What a user can put right about a results folder: the message says where, what, and the remedy.
 * The command prints it and nothing else. Paths and texts in it may be anybody's: none of them acts on a terminal.
 */
export class ResultsError extends Error {
  override readonly name = 'ResultsError';

  /** @param said one line, or several */
  constructor(said: string | readonly string[], options?: ErrorOptions) {
    const lines = typeof said === 'string' ? [said] : said;
    super(lines.map((line) => visibleText(line, longestLine)).join('\n'), options);
  }
}

/** The remedy of every refusal to resume: nothing is lost, and the old folder stays as it is. */
export const freshRemedy = 'run with --fresh to start a new folder beside it';

const removed = 'the folder was removed or moved while it was in use; run the same command again to start over';
const notWritable = 'it cannot be written; choose another results folder, or change its permissions';
const full = 'the disk is full; free some space and run the same command again, which resumes';

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: full,
  EDQUOT: full,
  EFBIG: 'no file may grow so long; raise the limit (ulimit -f) and run the same command again, which resumes',
  EACCES: notWritable,
  EPERM: notWritable,
  EROFS: notWritable,
  ENOENT: removed,
  ENOTDIR: 'a part of this path is a file where a folder is needed; choose another results folder',
  EEXIST: 'something else has this name; move it away or choose another results folder',
  EIO: 'the disk failed; what was written before is kept, and the same command resumes on a sound disk',
  EMFILE: 'too many files are open; raise the limit (ulimit -n) and run the same command again, which resumes',
};

/**
 * A failed file operation as a ResultsError with its remedy; a ResultsError passes through unchanged.
 *
 * @param doing what was attempted, such as 'cannot write the journal'
 */
export function fileError(error: unknown, doing: string, path: string): ResultsError {
  if (error instanceof ResultsError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const remedy = remedies[code ?? ''] ?? 'run the same command again, or choose another results folder';
  return new ResultsError(`${path}: ${doing} (${code ?? message}): ${remedy}`, { cause: error });
}
