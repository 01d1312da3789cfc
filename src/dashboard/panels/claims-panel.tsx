import { Text } from 'ink';
import type { ReactElement, ReactNode } from 'react';
import wrapAnsi from 'wrap-ansi';
import type { CellResult } from '../../engine/cell-result.ts';
import { measuredText } from '../../report/check-text.ts';
import { formatCount } from '../../report/format-number.ts';
import { meanVerdict, orderVerdict } from '../../report/verdict.ts';
import type { JudgedFinding } from '../../theorems/verify.ts';
import { cellName } from '../run-facts.ts';
import { coupledResult, filteredCells, shownCell } from '../shown-cell.ts';
import type { RunState, Snapshot } from '../snapshot.ts';
import type { UiState } from '../ui-state.ts';
import type { Panel, PanelProps, Room } from './panel.ts';
import { PanelLines } from './panel-lines.tsx';

/** What the cells are expected to show, and whether they do. */
export const claimsPanel: Panel = {
  id: 'claims',
  title: 'Claims',
  isFor: ({ facts }) => facts.kind === 'coupled' || facts.cells.some(({ expects }) => expects.length > 0),
  Body: ClaimsBody,
  overflow: ({ snapshot, ui, room }) => Math.max(0, rowsOf(snapshot, ui).length - roomForRows(snapshot, ui, room)),
  keys: [],
};

function ClaimsBody({ snapshot, ui, room }: PanelProps): ReactElement {
  const rows = rowsOf(snapshot, ui);
  const size = roomForRows(snapshot, ui, room);
  const first = Math.min(ui.scroll.claims ?? 0, Math.max(0, rows.length - size));
  const lines = [
    ...headLines(snapshot, ui, room),
    ...rows.slice(first, first + size).map((row) => <RowLine key={row.cell} snapshot={snapshot} row={row} />),
  ];
  return <PanelLines room={room} lines={lines} />;
}

function roomForRows(snapshot: Snapshot, ui: UiState, room: Room): number {
  return Math.max(0, room.height - headLines(snapshot, ui, room).length);
}

function headLines(snapshot: Snapshot, ui: UiState, room: Room): ReactNode[] {
  return [countText(snapshot), ...verdictLines(snapshot, shownCell(snapshot, ui), room)];
}

const overStates: readonly RunState[] = ['finished', 'interrupted', 'failed'];

/** Of all cells, those too that the filter leaves out: it must hide no failure. */
function countText(snapshot: Snapshot): string {
  let [hold, isFalse, toCome] = [0, 0, 0];
  for (const [index, { findings }] of snapshot.cells.entries()) {
    if (findings === null) toCome += snapshot.facts.cells[index].expects.length;
    for (const { holds } of findings ?? []) {
      if (holds) hold += 1;
      else isFalse += 1;
    }
  }
  if (hold + isFalse + toCome === 0) return 'nothing is expected of this run';
  const open = overStates.includes(snapshot.state) ? 'not decided' : 'to come';
  return `${formatCount(hold)} hold, ${formatCount(isFalse)} false, ${formatCount(toCome)} ${open}`;
}

/** What the shown cell says of means and order, once it is done: whole where there is room. */
function verdictLines(snapshot: Snapshot, index: number, { width, height }: Room): ReactNode[] {
  if (snapshot.cells[index]?.status !== 'done') return [];
  const result = coupledResult(snapshot, index);
  if (result === null) return [];
  return verdictsOf(result).flatMap(({ isGood, text }) => {
    const lines = height < 12 ? [text] : wrapAnsi(text, width - 2, { hard: true }).split('\n');
    return lines.map((line, place) => (
      <Text key={line}>
        {place === 0 ? <Mark isGood={isGood} /> : ' '} {line}
      </Text>
    ));
  });
}

function verdictsOf(result: CellResult): readonly ShownVerdict[] {
  const known = verdicts.get(result);
  if (known !== undefined) return known;
  const { standardError } = result.norm.difference;
  // Norms too large for their squares have no standard error to round by.
  const isNumber = standardError === null || Number.isFinite(standardError);
  const found = [...(isNumber ? [meanVerdict(result)] : []), orderVerdict(result)];
  verdicts.set(result, found);
  return found;
}

type ShownVerdict = ReturnType<typeof meanVerdict>;

/** What guarantees the order is searched for, which is not cheap enough for every frame. */
const verdicts = new WeakMap<CellResult, readonly ShownVerdict[]>();

/** A line of the list: an expectation of a cell, or, beneath a false one, what was measured. */
interface Row {
  readonly cell: number;
  readonly expected: string;
  /** Null while it is not decided. */
  readonly finding: JudgedFinding | null;
  readonly isBeneath: boolean;
}

/** The false ones first, on two lines so that neither the cell nor the numbers are cut off. */
function rowsOf(snapshot: Snapshot, ui: UiState): Row[] {
  const [bad, other]: [Row[], Row[]] = [[], []];
  for (const cell of filteredCells(snapshot, ui)) {
    const { findings } = snapshot.cells[cell];
    for (const finding of findings ?? []) {
      const row = { cell, expected: finding.what, finding, isBeneath: false };
      if (finding.holds) other.push(row);
      else bad.push(row, { ...row, isBeneath: true });
    }
    if (findings !== null) continue;
    for (const expected of snapshot.facts.cells[cell].expects) {
      other.push({ cell, expected, finding: null, isBeneath: false });
    }
  }
  return [...bad, ...other];
}

function RowLine({ snapshot, row }: { snapshot: Snapshot; row: Row }): ReactElement {
  const { cell, expected, finding, isBeneath } = row;
  if (finding !== null && isBeneath) return <>{`    ${measuredText(finding)}`}</>;
  const text = `${expected}, ${cellName(snapshot.facts, cell)}`;
  if (finding === null) {
    return (
      <>
        <Text dimColor>…</Text> {text}
      </>
    );
  }
  return (
    <>
      <Mark isGood={finding.holds} /> {finding.holds ? `${text}: ${measuredText(finding)}` : text}
    </>
  );
}

/** A mark that says it without its colour; a dash where nothing can be said. */
function Mark({ isGood }: { isGood: boolean | null }): ReactElement {
  if (isGood === null) return <Text>–</Text>;
  return isGood ? <Text color="green">✓</Text> : <Text color="red">✗</Text>;
}
