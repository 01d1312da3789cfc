import type { EngineEvent } from '../engine/engine-event.ts';
import type { ChunkedCell } from '../engine/plan.ts';
import type { EpochDone } from '../trainer/epoch-channel.ts';
import type {
  CellJudge,
  CellView,
  LogLine,
  Merged,
  RunState,
  Seen,
  Snapshot,
  TrainingView,
  WorkerView,
} from './snapshot.ts';

const paceWindowMs = 10_000;
const longestLog = 1000;
/** As many trainings as workers may end at a time, and one to look at. */
const mostEnded = 16;

/** The snapshot after what was seen since the last one: one copy for all of it, however much it is. */
export function foldSeen(snapshot: Snapshot, seen: readonly Seen[], nowMs: number, judge: CellJudge): Snapshot {
  const draft = new Draft(snapshot, judge);
  for (const one of seen) draft.see(one);
  return draft.finish(nowMs);
}

type ChunkEvent = Extract<EngineEvent<ChunkedCell, Merged>, { type: 'chunk' }>;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A snapshot in the making: arrays are copied when they are first written to. */
class Draft {
  readonly #next: Mutable<Snapshot>;
  readonly #judge: CellJudge;
  readonly #cells: CellView[];
  readonly #workers: WorkerView[];
  readonly #workerIds: number[];
  readonly #trainings: TrainingView[];
  readonly #log: LogLine[];

  constructor(snapshot: Snapshot, judge: CellJudge) {
    this.#judge = judge;
    this.#cells = [...snapshot.cells];
    this.#workers = [...snapshot.workers];
    this.#workerIds = [...snapshot.workerIds];
    this.#trainings = [...snapshot.trainings];
    this.#log = [...snapshot.log];
    this.#next = { ...snapshot };
  }

  see(seen: Seen): void {
    if ('event' in seen) this.#seeEvent(seen.event, seen.atMs);
    else if ('epoch' in seen) this.#seeEpoch(seen.epoch);
    else if ('log' in seen) this.#log.push({ ...seen.log, atMs: seen.atMs });
    else this.#seeState(seen.state);
  }

  finish(nowMs: number): Snapshot {
    const recent = this.#next.recent.filter(({ atMs }) => nowMs - atMs <= paceWindowMs);
    const steps = this.#workers.reduce((sum, worker) => sum + worker.steps, 0);
    const replicates = this.#next.replicatesDone - this.#next.replicatesReused;
    return {
      ...this.#next,
      nowMs,
      cells: this.#cells,
      workers: this.#workers,
      workerIds: this.#workerIds,
      trainings: this.#trainings,
      log: this.#log.slice(-longestLog),
      recent: [...recent, { atMs: nowMs, steps, replicates }],
    };
  }

  #seeEvent(event: EngineEvent<ChunkedCell, Merged>, atMs: number): void {
    if (event.type === 'chunk') {
      this.#seeChunk(event, atMs);
      return;
    }
    // Its cell goes on: the log says what is amiss.
    if (event.type === 'set aside') return;
    const { index } = event.cell;
    if (event.type === 'failure') {
      this.#cells[index] = { ...this.#cells[index], status: 'failed' };
      return;
    }
    this.#next.latest = index;
    const merged = event.type === 'cell' ? event.summary : event.merged;
    const before = this.#cells[index];
    const isDone = event.type === 'cell';
    const findings = isDone ? this.#judge(index, merged) : null;
    this.#cells[index] = { ...before, status: isDone ? 'done' : 'running', merged, findings };
  }

  #seeChunk({ chunk, isRecovered, worker }: ChunkEvent, atMs: number): void {
    const { replicates, cell: index } = chunk;
    const reused = isRecovered ? replicates : 0;
    const before = this.#cells[index];
    this.#cells[index] = {
      ...before,
      status: before.status === 'done' ? 'done' : 'running',
      replicatesDone: before.replicatesDone + replicates,
      replicatesReused: before.replicatesReused + reused,
      startedMs: before.startedMs ?? atMs,
      lastMs: atMs,
    };
    this.#next.replicatesDone += replicates;
    this.#next.replicatesReused += reused;
    const { steps, epochs } = this.#next.facts.cells[index];
    if (!isRecovered) this.#creditWorker(worker, replicates * steps);
    if (epochs !== null) this.#endTraining(index, chunk.block);
  }

  #creditWorker(id: number, steps: number): void {
    let place = this.#workerIds.indexOf(id);
    if (place < 0) {
      place = this.#workerIds.push(id) - 1;
      this.#workers.push({ chunks: 0, steps: 0 });
    }
    const before = this.#workers[place];
    this.#workers[place] = { chunks: before.chunks + 1, steps: before.steps + steps };
  }

  #seeEpoch({ cell, training, epoch, loss, record }: EpochDone): void {
    const place = this.#trainings.findIndex((view) => view.cell === cell && view.training === training);
    const before = this.#trainings[place] ?? { cell, training, epoch: 0, isDone: false, losses: [], records: [] };
    // Its chunk and its epochs come by different ways: the chunk may have been told first.
    if (before.isDone || this.#cells[cell].status === 'done') return;
    const losses = [...before.losses];
    losses[epoch - 1] = loss;
    const view: TrainingView = {
      ...before,
      epoch,
      losses: Array.from(losses, (value) => value ?? null),
      records: record === null ? before.records : [...before.records, record],
    };
    this.#next.epochsDone += epoch - before.epoch;
    if (place < 0) this.#trainings.push(view);
    else this.#trainings[place] = view;
  }

  /** A finished training is told whole by its cell. It may have ended before its last epoch. */
  #endTraining(cell: number, training: number): void {
    const { epochs } = this.#next.facts.cells[cell];
    const place = this.#trainings.findIndex((view) => view.cell === cell && view.training === training);
    const told = place < 0 ? 0 : this.#trainings[place].epoch;
    this.#next.epochsDone += (epochs ?? 0) - told;
    if (place >= 0) this.#trainings[place] = { ...this.#trainings[place], isDone: true };
    const ended = this.#trainings.filter(({ isDone }) => isDone);
    if (ended.length > mostEnded) this.#trainings.splice(this.#trainings.indexOf(ended[0]), 1);
  }

  #seeState(state: RunState): void {
    this.#next.state = state;
    if (state !== 'failed') return;
    for (const [index, cell] of this.#cells.entries()) {
      if (cell.status === 'running') this.#cells[index] = { ...cell, status: 'failed' };
    }
  }
}
