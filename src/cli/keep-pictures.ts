import type { ReportedTraining } from '../report/training-text.ts';
import { folderEntries } from '../results/read-run.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { visibleText } from '../scenarios/visible-text.ts';
import { type Tables, type TrainingCell, trainingData } from '../trainer/training-cell.ts';

/** The folder of a run's pictures, in its run folder. */
const folderName = 'pictures';

/** Cells of which pictures are kept: a page is about a megabyte. */
const mostCells = 20;

/** Draws the first training of each cell in the plane, and keeps the pictures with the run; nothing where d is not 2. */
export async function keepPictures(
  { scenario, cells }: { readonly scenario: string; readonly cells: readonly ReportedTraining[] },
  plan: readonly TrainingCell[],
  tables: Tables,
  folder: RunFolder,
  notify: (notice: string) => void,
): Promise<void> {
  const drawable = cells.flatMap((cell, index) => (hasPicture(cell) ? [{ cell, index }] : []));
  if (drawable.length === 0) return;
  if (drawable.length > mostCells) notify(`pictures: of the first ${mostCells} of ${drawable.length} cells`);
  const { trainingPictures } = await import('../report/figures/training-pictures.ts');
  for (const { cell, index } of drawable.slice(0, mostCells)) {
    const [training] = cell.trainings;
    const { users, items } = trainingData(plan[index], 0, tables);
    const names = { users, items, popularity: training.items.popularity };
    for (const file of await trainingPictures(`cell-${index}`, titleOf(scenario, cell), training, names)) {
      await folder.attach(`${folderName}/${file.name}`, file.text);
    }
  }
}

/** Where a run's pictures are; null where it has none. */
export async function picturesOf(runPath: string): Promise<string | null> {
  return (await folderEntries(runPath)).includes(folderName) ? `${runPath}/${folderName}` : null;
}

function hasPicture({ trainings }: ReportedTraining): boolean {
  return trainings[0].records.some(({ picture }) => picture !== null);
}

function titleOf(scenario: string, { swept, trainings }: ReportedTraining): string {
  const values = Object.entries(swept).map(([path, value]) => `${path} = ${visibleText(String(value))}`);
  const others = trainings.length === 1 ? [] : [`the first of ${trainings.length} trainings`];
  return [scenario, ...values, ...others].join(', ');
}
