import type { ReactElement } from 'react';
import type { CellResult, MeanResult, RunResult } from '../../engine/cell-result.ts';
import type { TargetState } from '../../engine/precision-targets.ts';
import type { StoppingRule, StoppingState } from '../../engine/stopping-rule.ts';
import { meanCells, quantileCells } from '../../report/estimate-cells.ts';
import {
  formatCount,
  formatEstimate,
  formatParameter,
  formatShare,
  formatSignificant,
} from '../../report/format-number.ts';
import { askedText, knownText, targetName } from '../../report/target-text.ts';
import { screenPaint } from '../paint.ts';
import { fitSections, fitTable, wrapped } from './fit-lines.ts';
import type { Panel, PanelProps, Room } from './panel.ts';
import { PanelLines } from './panel-lines.tsx';
import { type ShownResult, shownResult } from './shown-result.ts';

/** The numbers of the shown cell so far, beside the exact law where one is known. */
export const estimatesPanel: Panel = {
  id: 'estimates',
  title: 'Estimates',
  isFor: ({ facts }) => facts.kind === 'coupled',
  Body: Estimates,
  keys: [],
};

function Estimates({ snapshot, ui, room }: PanelProps): ReactElement {
  const shown = shownResult(snapshot, ui);
  return <PanelLines lines={typeof shown === 'string' ? [shown] : linesOf(shown, room)} room={room} />;
}

/** In rooms narrower than this the rows go by their symbols. */
const roomForNames = 40;

function linesOf({ name, plan, result }: ShownResult, { width, height }: Room): string[] {
  const [header, ...rows] = normLines(result, width);
  const pairs = `${formatCount(result.replicates)} of ${plan.until === undefined ? '' : 'at most '}${formatCount(plan.replicates)} pairs`;
  return fitSections(
    [
      { rank: 3, lines: [`${pairs} · ${name}`] },
      { rank: 2, lines: [screenPaint.dim(header)] },
      { rank: 1, lines: rows },
      { rank: 6, lines: [''] },
      { rank: 4, lines: stoppingLines(plan.until, result.stopping, width) },
      { rank: 5, lines: reductionLines(result, width) },
    ],
    height,
  );
}

function normLines({ norm }: CellResult, width: number): string[] {
  const names = width < roomForNames ? ['q′', 'q″', 'q″ − q′'] : ['lower ‖q′‖', 'upper ‖q″‖', 'difference'];
  return fitTable(
    [
      ['', 'mean', '± s.e.', 'exact', 'z', '5 %', 'median', '95 %'],
      [screenPaint.lower(names[0]), ...runCells(norm.lower)],
      [screenPaint.upper(names[1]), ...runCells(norm.upper)],
      [names[2], ...meanCells(printable(norm.difference))],
    ],
    width,
  );
}

function runCells(result: RunResult): string[] {
  return [...meanCells(printable(result)), ...quantileCells(result)];
}

/** Norms that overflowed have no standard error, and nothing to hold against the exact law. */
function printable({ mean, standardError, exact, zScore }: MeanResult): MeanResult {
  return { mean, exact, standardError: finiteOrNull(standardError), zScore: finiteOrNull(zScore) };
}

function finiteOrNull(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function reductionLines({ varianceReduction }: CellResult, width: number): string[] {
  const { norm } = varianceReduction;
  const cells = ({ estimate, standardError, exact }: CellResult['varianceReduction']['norm']) => {
    const error = finiteOrNull(standardError);
    return [
      estimate === null ? '–' : formatEstimate(estimate, error),
      error === null ? '–' : formatSignificant(error, 2),
      exact === null ? '–' : formatSignificant(exact, 4),
    ];
  };
  const title = width < roomForNames ? 'var. red.' : 'variance reduction by pairing';
  const [header, ...rows] = fitTable(
    [
      [title, 'times', '± s.e.', 'exact'],
      ['for s', ...cells(varianceReduction)],
      ['for ‖q‖', ...cells(norm)],
    ],
    width,
  );
  return [screenPaint.dim(header), ...rows];
}

function stoppingLines(rule: StoppingRule | undefined, state: StoppingState | null, width: number): string[] {
  if (rule === undefined || state === null) return [];
  const sign = state.isReached ? screenPaint.good('✓') : '·';
  return wrapped(`${sign} ${stoppingText(rule, state)}`, width);
}

function stoppingText(rule: StoppingRule, state: StoppingState): string {
  const level = `${formatParameter(100 * state.level)} %`;
  const end = state.isReached ? 'reached' : 'not reached';
  if ('violationRate' in rule) {
    const { atMost, atLeast } = rule.violationRate;
    const decision = state.rule === 'rate' ? state.decision : 'undecided';
    return `violation rate at most ${formatShare(atMost)} or at least ${formatShare(atLeast)}, ${level}: ${decision}, ${end}`;
  }
  const targets = state.rule === 'precision' ? state.targets : [];
  return `${targets.map(targetText).join(', ')}, ${level} confidence sequence: ${end}`;
}

function targetText(state: TargetState): string {
  const [name, target] = [targetName(state), askedText(state.target)];
  return `${name} within ${knownText(state) ?? 'no bound yet (too few pairs differ)'}, target ${target}`;
}
