import { copyFileSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findScenario, listScenarios } from '../../src/scenarios/find-scenario.ts';
import { load, written } from './files.ts';

const shipped = (await listScenarios()).map(({ file }) => readFileSync(file, 'utf8'));
const table = join(dirname(await findScenario('popularity-from-data')), 'data', 'toy-purchases.csv');
copyFileSync(table, written('toy-purchases.csv', ''));
const texts = [...shipped, shipped.join(''), ''].map((text) => text.replace('data/toy', 'toy'));

/** What has hurt readers of YAML before. */
const hazards = [
  '.nan', '.inf', '-.inf', '1e400', '-0', '9007199254740993', '1_000', '12:30', 'yes', '017', '0x1F', '!!binary aGk=',
  '__proto__', 'constructor', '&a', '*a', '<<: *a', '? ', '- ', '[', ']', '{', '}', ': ', ', ', '"', "'", '|', '>', '%',
  '---', '...', '\t', '\0', '\r', '\ufeff', '\u2028', '\u001b[31m', '-1', '1e10', '1e-400', 'null', 'true', '{}', '[]',
  'data: toy-purchases.csv', 'data: /', 'file: toy-purchases.csv', 'sweep:', 'where: 1 < 2', 'combine: zipped',
  '{log: [1, 0, 3]}', '{linear: [0, 1, 1e9]}', 'gain.sigma: [1, 2]', '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1',
]; // biome-ignore format: a list of words

type Mutation = (text: string) => string;
const place = fc.double({ min: 0, max: 1, noNaN: true });
const at = (text: string, share: number) => Math.floor(share * text.length);
const linesOf = (text: string, change: (lines: string[], at: (share: number) => number) => void) => {
  const lines = text.split('\n');
  change(lines, (share) => Math.floor(share * (lines.length - 1)));
  return lines.join('\n');
};
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.constantFrom(...hazards)).map(
    ([share, hazard]): Mutation =>
      (text) => {
        return text.slice(0, at(text, share)) + hazard + text.slice(at(text, share));
      },
  ),
  // In the place of a word or a number.
  fc.tuple(place, fc.constantFrom(...hazards)).map(
    ([share, hazard]): Mutation =>
      (text) => {
        const words = [...text.matchAll(/[\w.-]+/g)];
        const word = words[Math.floor(share * words.length)];
        return word ? text.slice(0, word.index) + hazard + text.slice(word.index + word[0].length) : text;
      },
  ),
  place.map(
    (share): Mutation =>
      (text) =>
        text.slice(0, at(text, share)) + text.slice(at(text, share) + 1),
  ),
  place.map(
    (share): Mutation =>
      (text) =>
        linesOf(text, (lines, line) => lines.splice(line(share), 1)),
  ),
  fc.tuple(place, place).map(
    ([from, to]): Mutation =>
      (text) => {
        return linesOf(text, (lines, line) => lines.splice(line(to), 0, lines[line(from)]));
      },
  ),
  place.map(
    (share): Mutation =>
      (text) =>
        linesOf(text, (lines, line) => (lines[line(share)] = `  ${lines[line(share)]}`)),
  ),
);

const mutated = fc
  .tuple(fc.constantFrom(...texts), fc.array(mutation, { minLength: 1, maxLength: 4 }))
  .map(([text, mutations]) => mutations.reduce((result, mutate) => mutate(result), text));

it('ends 2,000 mutated scenarios in a plan or in an error that says where, each within a second of computing', async () => {
  let plans = 0;
  await fc.assert(
    fc.asyncProperty(mutated, async (text) => {
      const before = process.cpuUsage();
      try {
        const { cells } = await load(text);
        plans += 1;
        expect(cells.length).toBeGreaterThan(0);
      } catch (error) {
        const { name, message } = error as Error;
        if (name !== 'ScenarioError' && name !== 'DataError') throw error;
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none may reach a terminal
        expect(message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
        for (const line of message.split('\n'))
          expect(line).toMatch(/( — expected | — YAML: | more problems$|bad row)/);
      }
      const { user, system } = process.cpuUsage(before);
      expect(user + system).toBeLessThan(1e6);
    }),
    { seed: 20, numRuns: 2000 },
  );
  expect(plans).toBeGreaterThan(100);
});

it('ends random bytes in an error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      await expect(load(bytes)).rejects.toHaveProperty('name', 'ScenarioError');
    }),
    { seed: 1, numRuns: 200 },
  );
});
