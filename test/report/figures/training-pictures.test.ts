import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { scriptJson } from '../../../src/report/figures/markup-text.ts';
import { trainingPictures } from '../../../src/report/figures/training-pictures.ts';
import { foreignId, stepWithStill, toyNames, toyTraining } from './sample.ts';

const toy = await trainingPictures('cell-0', 'toy', toyTraining, toyNames);
const page = toy.at(-1)!.text;

const withForeign = (title: string, ids?: string[]) => {
  const { record, names } = stepWithStill(ids);
  return trainingPictures('cell-0', title, { ...toyTraining, records: [record] }, names);
};

it('makes an SVG of each recorded epoch, and a page of all', () => {
  const names = ['cell-0-epoch-1.svg', 'cell-0-epoch-2.svg', 'cell-0-epoch-3.svg', 'cell-0.html'];
  expect(toy.map(({ name }) => name)).toEqual(names);
  expect(page.match(/<figure>/g)).toHaveLength(3);
});

it('makes none where there is no picture', async () => {
  const records = toyTraining.records.map((record) => ({ ...record, picture: null }));
  expect(await trainingPictures('cell-0', 'toy', { ...toyTraining, records }, toyNames)).toEqual([]);
});

it('runs its own script and no other, and evaluates no text', () => {
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)![1];
  const scripts = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map((match) => match[1]);
  expect(scripts).toHaveLength(1);
  const hash = createHash('sha256').update(scripts[0]).digest('base64');
  expect(policy).toMatch(/^default-src 'none'; /);
  expect(policy).toContain(`; script-src 'sha256-${hash}'; `);
  expect(policy).not.toContain('unsafe-eval');
  expect(page).not.toMatch(/<(?:script|link|img|iframe)[^>]*(?:src|href)=/);
});

it('lets no title and no id be markup or a script', async () => {
  const text = (await withForeign(foreignId, [foreignId])).at(-1)!.text;
  expect(text.match(/<script/g)).toHaveLength(page.match(/<script/g)!.length);
  expect(text.match(/<\/script>/g)).toHaveLength(2);
  expect(text).not.toContain('<!--');
  expect(text).toContain('\\u003c/script\\u003e');
});

it('writes JSON that a script element can hold, and that is the same JSON', () => {
  const json = scriptJson({ text: foreignId });
  expect(json).not.toMatch(/[<>&\u2028\u2029]/);
  expect(JSON.parse(json)).toEqual({ text: foreignId });
});

it('gives the same bytes in another process', () => {
  const sample = fileURLToPath(new URL('sample.ts', import.meta.url));
  const pictures = fileURLToPath(new URL('../../../src/report/figures/training-pictures.ts', import.meta.url));
  const program = `
    const { toyNames, toyTraining } = await import(${JSON.stringify(sample)});
    const { trainingPictures } = await import(${JSON.stringify(pictures)});
    const files = await trainingPictures('cell-0', 'toy', toyTraining, toyNames);
    process.stdout.write((await import('node:crypto')).hash('sha256', JSON.stringify(files)));`;
  const env = { ...process.env, LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8', TZ: 'Asia/Tokyo' };
  const other = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', env });
  expect(other).toBe(createHash('sha256').update(JSON.stringify(toy)).digest('hex'));
});
