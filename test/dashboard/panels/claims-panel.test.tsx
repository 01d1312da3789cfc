import { describe, expect, it } from 'vitest';
import { claimsPanel } from '../../../src/dashboard/panels/claims-panel.tsx';
import { coupledResult } from '../../../src/dashboard/shown-cell.ts';
import { initialUi } from '../../../src/dashboard/ui-state.ts';
import { measuredText } from '../../../src/report/check-text.ts';
import { meanVerdict } from '../../../src/report/verdict.ts';
import { constantSample, sweepSample, trainingSample, violatedSample } from '../samples.ts';
import { anySnapshots, expectWithinAnyRoom, frameMs, linesIn, queuedSnapshot, textOf } from './in-room.tsx';

describe('the claims', () => {
  it('are counted as the findings of the cells have it', async () => {
    const snapshot = await sweepSample();
    const findings = snapshot.cells.flatMap((cell) => cell.findings ?? []);
    const held = findings.filter(({ holds }) => holds).length;
    const undecided = snapshot.cells.filter((cell) => cell.findings === null).length * 2;
    const [head] = linesIn(claimsPanel, snapshot, { width: 80, height: 3 });
    expect(held).toBeLessThan(findings.length);
    expect(head).toBe(`${held} hold, ${findings.length - held} false, ${undecided} to come`);
  });

  it('that are false come first, with what was measured; those to come say what is expected', async () => {
    const snapshot = await sweepSample();
    const lines = linesIn(claimsPanel, snapshot, { width: 200, height: 60 });
    const marks = lines.slice(1).map((line) => line[0]);
    expect(marks.join('').trim()).toMatch(/^(✗ )+✓+…+$/);
    const wrong = snapshot.cells.findIndex(({ findings }) => findings?.some(({ holds }) => !holds));
    const finding = snapshot.cells[wrong].findings!.find(({ holds }) => !holds)!;
    expect(lines[1]).toMatch(new RegExp(`^✗ ${finding.what}, cell ${wrong}: popularity.upper`));
    expect(lines[2]).toBe(`    ${measuredText(finding)}`);
    expect(lines.at(-1)).toBe('… norm.difference at most 0.4, cell 11: popularity.upper = 0.05, learningRate = 4');
  });

  it('that hold say by what numbers', async () => {
    const snapshot = await sweepSample();
    const finding = snapshot.cells[0].findings![0];
    expect(finding.holds).toBe(true);
    expect(textOf(claimsPanel, snapshot)).toContain(`: ${measuredText(finding)}`);
  });

  it('are not to come any more when the run is over without them', async () => {
    const snapshot = await sweepSample();
    expect(textOf(claimsPanel, { ...snapshot, state: 'interrupted' })).toContain('10 not decided');
  });

  it('of a failed cell are not hidden by a filter', async () => {
    const snapshot = await sweepSample();
    const filtered = textOf(claimsPanel, snapshot, { ...initialUi, filter: 'nowhere' });
    expect(filtered).toContain(textOf(claimsPanel, snapshot).split('\n')[0]);
    expect(filtered).not.toContain('cell');
  });

  it('tell the shown cell’s verdicts once it is done, and not before', async () => {
    const [early, done] = [await constantSample(3), await constantSample()];
    const verdict = meanVerdict(coupledResult(done, 0)!).text;
    expect(textOf(claimsPanel, done)).toContain(`✓ ${verdict}`);
    expect(textOf(claimsPanel, early)).not.toContain('ends longer');
    expect(textOf(claimsPanel, await violatedSample())).toMatch(/✗ order s″ ≥ s′ violated at some step in/);
  });

  it('scroll to the last one and no further', async () => {
    const snapshot = await sweepSample();
    const room = { width: 120, height: 8 };
    const more = claimsPanel.overflow!({ snapshot, ui: initialUi, room });
    const at = (claims: number) => linesIn(claimsPanel, snapshot, room, { ...initialUi, scroll: { claims } });
    expect(at(more).at(-1)).toContain('cell 11');
    expect(at(more + 7)).toEqual(at(more));
    expect(at(more - 1)).not.toEqual(at(more));
  });

  it('are shown for coupled pairs, and for trainings of which something is expected', async () => {
    const training = await trainingSample();
    const [cell] = training.facts.cells;
    const unexpected = { ...training, facts: { ...training.facts, cells: [{ ...cell, expects: [] }] } };
    expect(claimsPanel.isFor(await constantSample(1))).toBe(true);
    expect(claimsPanel.isFor(training)).toBe(true);
    expect(claimsPanel.isFor(unexpected)).toBe(false);
  });

  it('stay within their room', async () => {
    expectWithinAnyRoom(claimsPanel, await anySnapshots());
  });

  it('of 10,000 cells are drawn in less than 50 ms', async () => {
    const { facts } = await sweepSample();
    expect(frameMs(claimsPanel, queuedSnapshot(facts, 10_000))).toBeLessThan(50);
  });
});
