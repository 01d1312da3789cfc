import { expect, it } from 'vitest';
import { displacementFigure } from '../../../src/report/figures/displacement.ts';
import { drawSvg } from '../../../src/report/figures/draw.ts';
import { foreignId, stepWithStill, toyNames, toyTraining } from './sample.ts';

const drawn = (ids?: readonly string[]) => {
  const { record, names } = stepWithStill(ids);
  return drawSvg(displacementFigure(record, names)!, 'paper');
};

/** The text of a mark's class in an SVG: from its group to the next one. */
const marks = (svg: string, name: string) => svg.split(`${name}_marks`)[1].split('<g class=')[0];

it('draws as many arrows and heads as rows moved, and every row twice', async () => {
  const svg = await drawn();
  expect(marks(svg, 'arrows').match(/<line/g)).toHaveLength(2);
  expect(marks(svg, 'heads').match(/<path/g)).toHaveLength(2);
  expect(marks(svg, 'before').match(/<path/g)).toHaveLength(3);
  expect(marks(svg, 'after').match(/<path/g)).toHaveLength(3);
});

it('says of each row what it is, where it is pointed at', async () => {
  expect(await drawn()).toContain('<title>item i1, popularity 1,234, norm before');
});

it('gives the same bytes however often it has drawn', async () => {
  const figure = displacementFigure(toyTraining.records[0], toyNames)!;
  const first = await drawSvg(figure, 'paper');
  await drawSvg(figure, 'page');
  expect(await drawSvg(figure, 'paper')).toBe(first);
});

it('lets no id be markup', async () => {
  const svg = await drawn([foreignId]);
  expect(svg).not.toContain('<script');
  expect(svg).not.toContain('<!--');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be there
  expect(svg).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u2028]/);
  expect(svg).toContain('&lt;/script&gt;&lt;script&gt;alert(&quot;1&quot;)');
});

it('lets no title be code, as what stands after a backslash would be', async () => {
  const figure = displacementFigure(toyTraining.records[0], toyNames)!;
  const titles = ['\\u{1b}[2J', '\\" + (6 * 7) + "'];
  const [x, y] = ['x', 'y'].map((field, at) => ({ field, type: 'quantitative', title: titles[at] }) as const);
  const spec = { data: { name: 'rows' }, mark: 'point', encoding: { x, y, tooltip: [x, y] } } as typeof figure.spec;
  const svg = await drawSvg({ ...figure, spec, rows: [{ x: 1, y: 2 }] }, 'page');
  expect(svg).toContain('∖u{1b}[2J: 1; ∖&quot; + (6 * 7) + &quot;: 2');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be there
  expect(svg).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
});

it('fetches nothing', async () => {
  const svg = await drawn();
  expect(svg.replaceAll(/ xmlns(:xlink)?="[^"]*"/g, '')).not.toMatch(/https?:|url\(|href=|@import/);
});
