import { describe, expect, it } from 'vitest';
import { load, minimal, refusalOf } from './files.ts';

const relative = { relativeHalfWidth: 0.01 };

async function untilOf(text: string, overrides = {}) {
  return [...(await load(`${minimal}${text}`, overrides)).cells].map(({ until }) => until);
}

describe('until', () => {
  it('takes a target for each quantity, and a flat half width', async () => {
    const text = 'until: {norm.difference: {relativeHalfWidth: 0.01}, squaredNorm.upper: {halfWidth: 2}, level: 0.9}';
    expect(await untilOf(text)).toEqual([
      { 'norm.difference': relative, 'squaredNorm.upper': { halfWidth: 2 }, level: 0.9 },
    ]);
    expect(await untilOf('until: {halfWidth: 3}')).toEqual([{ halfWidth: 3, level: 0.95 }]);
  });

  it('takes the same from the command line: --until and --set', async () => {
    const fromFile = await load(`${minimal}until: {norm.difference: {relativeHalfWidth: 0.01}, level: 0.9}`);
    const until = ['norm.difference.relativeHalfWidth=0.01', 'level=0.9'];
    expect((await load(minimal, { until })).identity).toEqual(fromFile.identity);
    const set = until.map((text) => `until.${text}`);
    expect((await load(minimal, { set })).identity).toEqual(fromFile.identity);
    expect(
      (await load(minimal, { set: ['until={norm.difference: {relativeHalfWidth: 0.01}, level: 0.9}'] })).identity,
    ).toEqual(fromFile.identity);
  });

  it('can be swept, and its sweep be cut', async () => {
    const sweep = ['until.norm.difference.relativeHalfWidth=0.01,0.1,0.5'];
    const where = 'sweep: {where: until.norm.difference.relativeHalfWidth < 0.3}\n';
    expect(await untilOf(where, { sweep })).toEqual([
      { 'norm.difference': relative, level: 0.95 },
      { 'norm.difference': { relativeHalfWidth: 0.1 }, level: 0.95 },
    ]);
  });

  it.each([
    ['{}', 's.yaml:4:8 until — expected one of halfWidth, norm.lower, norm.upper, norm.difference'],
    ['{norm.diference: {halfWidth: 1}}', 'until.norm.diference — expected one of halfWidth, norm.lower'],
    ['{norm.difference: {halfwidth: 1}}', 'until.norm.difference'],
    ['{norm.difference: {halfWidth: 1, relativeHalfWidth: 1}}', 'until.norm.difference'],
    ['{norm.difference: {relativeHalfWidth: 0}}', 'relativeHalfWidth — expected a number from 1e-9 to 1, got 0'],
    ['{norm.difference: {relativeHalfWidth: 2}}', 'relativeHalfWidth — expected a number from 1e-9 to 1, got 2'],
    [
      '{halfWidth: 1, norm.difference: {halfWidth: 1}}',
      'expected halfWidth or norm.difference, which are one target, got both',
    ],
  ])('refuses %s', async (text, message) => {
    expect(await refusalOf(`${minimal}until: ${text}`)).toContain(message);
  });

  it.each([
    ['norm.difference=0.1', '--until norm.difference — expected {halfWidth: …} or {relativeHalfWidth: …}, got 0.1'],
    ['norm.diference.halfWidth=1', 'did you mean norm.difference.halfWidth?'],
    ['norm.difference.relativeHalfWidth=7', '--until norm.difference.relativeHalfWidth — expected a number from'],
  ])('refuses --until %s', async (until, message) => {
    expect(await refusalOf(minimal, { until: [until] })).toContain(message);
  });

  const field = (name: string) =>
    `until.violationRate.${name} — expected a number from 1e-9 to 0.999999999, got nothing`;

  it.each([
    [
      ['violationRate.atMost=0.1'],
      `--until violationRate.atMost ${field('atLeast')}; add --until violationRate.atLeast=…`,
    ],
    [
      ['violationRate.atLeast=0.1'],
      `--until violationRate.atLeast ${field('atMost')}; add --until violationRate.atMost=…`,
    ],
    [['level=0.9'], '--until level until — expected one of halfWidth, norm.lower, '],
    [
      ['violationRate.atMost=0.2', 'violationRate.atLeast=0.1'],
      '--until violationRate.atMost and --until violationRate.atLeast until.violationRate — expected atMost below atLeast',
    ],
    [
      ['violationRate=0.1'],
      '--until violationRate until — expected {norm.difference: {relativeHalfWidth: …}} or {violationRate: ',
    ],
    [
      ['halfWidth=1', 'violationRate={atMost: 0.1, atLeast: 0.2}'],
      '--until halfWidth — expected one of violationRate, level, got an unknown key',
    ],
  ])('blames the options for what they leave out, and not the file: %j', async (until, message) => {
    const refusal = await refusalOf(minimal, { until });
    expect(refusal.slice(0, message.length)).toBe(message);
    expect(refusal).not.toMatch(/s\.yaml|\n/);
  });

  it('blames the file for what it leaves out itself', async () => {
    expect(await refusalOf(`${minimal}until: {violationRate: {atMost: 0.1}}`)).toBe(`s.yaml:4:24 ${field('atLeast')}`);
  });
});
