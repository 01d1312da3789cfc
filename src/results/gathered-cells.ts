import type { CellsFileFacts, CellsFileWriter } from './cells-file.ts';
import type { RunFolder } from './run-folder.ts';

/** More cells than this stand in a file of their own, beside `summary.json`. */
export const mostInSummary = 20_000;

/** A cell with its place in the plan. */
export interface PlacedCell {
  readonly index: number;
}

/** Where the cells of a summary are: in it, or in a file. */
export interface SummaryCells<Cell> {
  readonly cells: readonly Cell[];
  readonly cellsFile?: CellsFileFacts;
}

/** Gathers what a summary is to hold of the cells, as they become whole. */
export class GatheredCells<Cell extends PlacedCell> {
  readonly #cells: Cell[] = [];
  readonly #file: CellsFileWriter | null;

  private constructor(file: CellsFileWriter | null) {
    this.#file = file;
  }

  /** @param count of the cells of the plan */
  static async open<Cell extends PlacedCell>(count: number, folder: RunFolder): Promise<GatheredCells<Cell>> {
    return new GatheredCells<Cell>(count <= mostInSummary ? null : await folder.openCells());
  }

  async add(cell: Cell): Promise<void> {
    if (this.#file === null) this.#cells.push(cell);
    else await this.#file.add(cell.index, cell);
  }

  /** A cell that has no numbers. */
  async skip(index: number): Promise<void> {
    await this.#file?.add(index, null);
  }

  /** Once all cells have been added or skipped. */
  async finish(): Promise<SummaryCells<Cell>> {
    if (this.#file !== null) return { cells: [], cellsFile: await this.#file.finish() };
    return { cells: this.#cells.toSorted((a, b) => a.index - b.index) };
  }

  /** In place of `finish`, for a run that is not at its end. */
  async abandon(): Promise<void> {
    await this.#file?.abandon();
  }
}
