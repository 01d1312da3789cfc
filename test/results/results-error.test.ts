import { describe, expect, it } from 'vitest';
import { fileError, ResultsError } from '../../src/results/results-error.ts';

describe('fileError', () => {
  it.each([
    ['ENOSPC', 'free some space and run the same command again'],
    ['EROFS', 'choose another results folder'],
    ['EACCES', 'choose another results folder'],
    ['ENOENT', 'removed or moved while it was in use'],
    ['EWHATEVER', 'run the same command again, or choose another results folder'],
  ])('says where, what and the remedy of %s, and keeps the cause', (code, remedy) => {
    const cause = Object.assign(new Error('low level'), { code });
    const error = fileError(cause, 'cannot write this file', 'results/run');
    expect(error).toBeInstanceOf(ResultsError);
    expect(error.message).toContain(`results/run: cannot write this file (${code}): `);
    expect(error.message).toContain(remedy);
    expect(error.cause).toBe(cause);
  });

  it('does not wrap a ResultsError again', () => {
    const error = new ResultsError('said already');
    expect(fileError(error, 'cannot read', 'path')).toBe(error);
  });
});

it("shows paths and texts that are anybody's without letting them act, and keeps its own lines", () => {
  const { message } = new ResultsError(['\u001b[2Jruns/a\nb: is damaged', 'the second line']);
  expect(message).toBe('\\u{1b}[2Jruns/a\\u{a}b: is damaged\nthe second line');
});
