import { execFileSync } from 'node:child_process';
import type { Side } from './contest.ts';
import { type Point, rho, sigma } from './points.ts';

/** What a reference program prints: one line of JSON. */
interface Answer {
  /** CPU time of the simulation alone, without the program's start. */
  readonly nanoseconds: number;
  readonly pairs: number;
  readonly lower: number;
  readonly upper: number;
  readonly lowerError: number;
  readonly upperError: number;
}

/** A reference program in a process of its own: nanoseconds of its CPU time a pair. */
export function childSide(command: readonly string[], form: string, point: Point): Side {
  const [program, ...first] = command;
  const parameters = [point.lower, point.upper, point.batchSize, point.steps, sigma, rho];
  return (pairs, round) => {
    const words = [...first, form, ...parameters, pairs, round].map(String);
    const answer: Answer = JSON.parse(execFileSync(program, words, { encoding: 'utf8' }));
    const norms = [
      { mean: answer.lower, standardError: answer.lowerError },
      { mean: answer.upper, standardError: answer.upperError },
    ];
    return { cost: answer.nanoseconds / answer.pairs, norms };
  };
}
