/** At most this many problems are told one by one. */
const shownProblems = 10;

/**
 * What a user wrote wrong in a scenario file, in `--set` or in `--sweep`.
 *
 * The message has a line a problem: `file.yaml:10:7 path — what was expected, what came`.
 */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';

  /** @param problems one line each, at least one */
  constructor(problems: string | readonly string[]) {
    const lines = typeof problems === 'string' ? [problems] : problems;
    const more = lines.length - shownProblems;
    super(
      [
        ...lines.slice(0, shownProblems),
        ...(more > 0 ? [`… and ${more} more problem${more === 1 ? '' : 's'}`] : []),
      ].join('\n'),
    );
  }
}
