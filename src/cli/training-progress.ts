import type { EngineEvent } from '../engine/run-plan.ts';
import { type EpochDone, openEpochChannel } from '../trainer/epoch-channel.ts';
import type { TrainingCell, Trainings } from '../trainer/training-cell.ts';

/** Shows the epochs of trainings on stderr while workers do them. */
export async function openTrainingProgress(
  cells: readonly TrainingCell[],
  isShown: boolean,
): Promise<{ see(event: EngineEvent<TrainingCell, Trainings>): void; close(): void }> {
  if (!isShown) return { see: () => {}, close: () => {} };
  const { SingleBar } = await import('cli-progress');
  const total = cells.reduce((sum, { replicates, training }) => sum + replicates * training.epochs, 0);
  const trainings = cells.reduce((sum, { replicates }) => sum + replicates, 0);
  const bar = new SingleBar({
    format: '{percentage} % of {total} epochs, {done} of {trainings} trainings done',
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 5000,
    clearOnComplete: true,
    hideCursor: null,
  });
  bar.start(total, 0, { done: 0, trainings });
  const epochs = new Map<string, number>();
  let done = 0;
  const reach = (cell: number, training: number, epoch: number) => {
    epochs.set(`${cell} ${training}`, Math.max(epoch, epochs.get(`${cell} ${training}`) ?? 0));
    bar.update(
      [...epochs.values()].reduce((sum, value) => sum + value, 0),
      { done, trainings },
    );
  };
  const channel = openEpochChannel();
  channel.onmessage = (message: unknown) => {
    const { cell, training, epoch } = (message as { readonly data: EpochDone }).data;
    reach(cell, training, epoch);
  };
  return {
    see(event) {
      if (event.type !== 'chunk') return;
      const { cell, block } = event.chunk;
      done += 1;
      // A training may end before its last epoch.
      reach(cell, block, cells[cell].training.epochs);
    },
    close() {
      channel.close();
      bar.stop();
    },
  };
}
