import type { ChunkSummary } from '../../coupling/chunk-summary.ts';
import type { ChunkAnswer, SetAside } from '../../engine/executor.ts';
import type { Cell, Chunk } from '../../engine/plan.ts';

type Answer = ChunkAnswer<ChunkSummary> | SetAside | null;

/** A chunk that was asked for and has not come back. */
export interface AwaitedChunk {
  readonly cell: Cell;
  readonly chunk: Chunk;
  /** Answers to it that were none. */
  refused: number;
}

/** The chunks that a run waits for, by the names of their jobs. */
export class AwaitedChunks {
  readonly #awaited = new Map<string, AwaitedChunk & { readonly answer: (answer: Answer) => void }>();
  #lastAnswerMs = performance.now();
  #hasAnswers = false;

  get ids(): string[] {
    return [...this.#awaited.keys()];
  }

  get size(): number {
    return this.#awaited.size;
  }

  /** Whether any chunk has been answered at all. */
  get hasAnswers(): boolean {
    return this.#hasAnswers;
  }

  /** For how long nothing has come. */
  get idleMs(): number {
    return performance.now() - this.#lastAnswerMs;
  }

  get(id: string): AwaitedChunk | undefined {
    return this.#awaited.get(id);
  }

  /** Settles when the chunk is answered, set aside, or given up: then with null. */
  add(id: string, cell: Cell, chunk: Chunk): Promise<Answer> {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    if (this.size === 0) this.#lastAnswerMs = performance.now();
    this.#awaited.set(id, { cell, chunk, answer: resolve, refused: 0 });
    return promise;
  }

  /** What has come of a chunk. */
  answer(id: string, answer: NonNullable<Answer>): void {
    this.#lastAnswerMs = performance.now();
    this.#hasAnswers = true;
    this.#settle(id, answer);
  }

  /** Gives chunks up: another run may do them. */
  abandon(ids: readonly string[] = this.ids): void {
    for (const id of ids) this.#settle(id, null);
  }

  #settle(id: string, answer: Answer): void {
    const awaited = this.#awaited.get(id);
    this.#awaited.delete(id);
    awaited?.answer(answer);
  }
}
