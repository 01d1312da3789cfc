import type { ReactElement } from 'react';
import stringWidth from 'string-width';
import type { OrderCounts } from '../../coupling/order-counts.ts';
import type { CellResult } from '../../engine/cell-result.ts';
import type { Cell } from '../../engine/plan.ts';
import type { OrderGuarantee } from '../../process/order-guarantee.ts';
import { formatCount, formatShare } from '../../report/format-number.ts';
import { guaranteeOf, orderVerdict } from '../../report/verdict.ts';
import { lineChart } from '../charts/line-chart.ts';
import { screenPaint } from '../paint.ts';
import type { UiState } from '../ui-state.ts';
import { fitSections, fitTable, type Section, wrapped } from './fit-lines.ts';
import type { Panel, PanelProps, Room } from './panel.ts';
import { PanelLines } from './panel-lines.tsx';
import { replayLines } from './replay-lines.ts';
import { type ShownResult, shownResult } from './shown-result.ts';

/** How the order s″ ≥ s′ of the shown cell fares, and its first violation, step by step. */
export const orderPanel: Panel = {
  id: 'order',
  title: 'Order',
  isFor: ({ facts }) => facts.kind === 'coupled',
  Body: Order,
  keys: [['Enter', 'replay the first violation']],
};

function Order({ snapshot, ui, room }: PanelProps): ReactElement {
  const shown = shownResult(snapshot, ui);
  return <PanelLines lines={typeof shown === 'string' ? [shown] : linesOf(shown, ui.replay, room)} room={room} />;
}

function linesOf(shown: ShownResult, replay: UiState['replay'], room: Room): string[] {
  const { index, plan, result } = shown;
  const { order } = result;
  const replayed = replay?.cell === index ? replay : null;
  const headline = headlineOf(shown, room.width);
  const told: Section[] = [
    { rank: 1, lines: headline },
    { rank: 4, lines: countLines(order, order.pairs * plan.pair.steps, room.width) },
    { rank: 3, lines: wrapped(criterionText(order), room.width) },
    { rank: 5, lines: wrapped(guaranteeText(knownGuarantee(plan)), room.width) },
    { rank: 2, lines: addressLines(index, order, replayed !== null, room.width) },
  ];
  if (replayed !== null) {
    const left = { width: room.width, height: room.height - headline.length };
    told.push({ rank: 1, lines: replayLines(plan, replayed.replicate, replayed.replay, left) });
  }
  const left = room.height - told.reduce((sum, { lines }) => sum + lines.length, 0);
  return fitSections([...told, { rank: 6, lines: stepLines(result, left, room.width) }], room.height);
}

/** Looking for a guarantee costs as much as a replicate, and depends on nothing but the cell. */
const guarantees = new WeakMap<Cell, { readonly guarantee: OrderGuarantee | null }>();

function knownGuarantee(plan: Cell): OrderGuarantee | null {
  const known = guarantees.get(plan) ?? { guarantee: guaranteeOf({ parameters: plan.pair, coupling: plan.coupling }) };
  guarantees.set(plan, known);
  return known.guarantee;
}

/** The verdict in a sentence; where the order is violated, without the numbers that stand below it. */
function headlineOf({ result, plan }: ShownResult, width: number): string[] {
  const { isGood, text } = orderVerdict(result, knownGuarantee(plan));
  if (isGood) return wrapped(`${screenPaint.good('✓')} ${text}`, width);
  const { pairs, pairsViolatedAtSomeStep } = result.order;
  const share = formatShare(pairsViolatedAtSomeStep / pairs);
  return wrapped(`${screenPaint.bad('✗')} order violated in ${share} of ${formatCount(pairs)} pairs`, width);
}

function countLines(order: OrderCounts, pairSteps: number, width: number): string[] {
  const { pairs, pairsViolatedAtSomeStep, pairsViolatedAtEnd, ties, violatedPairSteps } = order;
  const prefix = width < 36 ? '' : 'violated ';
  const row = (name: string, count: number, of: number, what: string) => [
    name,
    formatCount(count),
    of > 0 ? formatShare(count / of) : '–',
    `of ${formatCount(of)} ${what}`,
  ];
  return fitTable(
    [
      row(`${prefix}at some step`, pairsViolatedAtSomeStep, pairs, 'pairs'),
      row(`${prefix}at the end`, pairsViolatedAtEnd, pairs, 'pairs'),
      row('ties at the end', ties, pairs, 'pairs'),
      row(`${prefix}pair-steps`, violatedPairSteps, pairSteps, 'pair-steps'),
    ],
    width,
  );
}

/** Whether the sharp criterion, which does not look at the states, told every new violation and no other. */
function criterionText({ newViolations, newViolationsPredicted }: OrderCounts): string {
  const found = `${formatCount(newViolations)} new violations`;
  if (newViolationsPredicted === null) return `${found}; no sharp criterion is known here`;
  const predicted = `${found}, ${formatCount(newViolationsPredicted)} predicted by the sharp criterion`;
  return newViolations === newViolationsPredicted
    ? `${predicted}: equal`
    : `${predicted}: ${screenPaint.bad('NOT equal')}`;
}

function guaranteeText(guarantee: OrderGuarantee | null): string {
  if (guarantee === null) return 'no claim guarantees the order here';
  return `${guarantee.claim} guarantees the order: ${guarantee.because}`;
}

/** Where the first violation is, and what shows it. */
function addressLines(index: number, { firstViolation }: OrderCounts, isReplayed: boolean, width: number): string[] {
  if (firstViolation === null) return [];
  const { replicate, step } = firstViolation;
  const address = `first: cell ${index}, pair ${formatCount(replicate)}, step ${formatCount(step)}`;
  if (isReplayed) return [address];
  const offer = 'Enter replays it';
  const both = `${address}; ${offer}`;
  return stringWidth(both) <= width ? [both] : [...wrapped(address, width), offer];
}

/** Lower than this a chart tells nothing. */
const lowestChart = 4;

/** The share of the pairs that are out of order after each recorded step; no line where there is none, or no room. */
function stepLines({ order, trajectory }: CellResult, height: number, width: number): string[] {
  const { step, pairsViolated } = trajectory;
  if (step.length < 2 || pairsViolated.every((count) => count === 0) || height < lowestChart + 1) return [];
  const values = pairsViolated.map((count) => (100 * count) / order.pairs);
  const curve = { label: 's″ < s′', at: step, values, stroke: 'heavy', paint: screenPaint.bad } as const;
  const chart = lineChart([curve], { width, height: height - 1 }, { scale: 'linear', places: 'step' });
  return chart.length === 0 ? [] : [screenPaint.dim('% of the pairs out of order after each step'), ...chart];
}
