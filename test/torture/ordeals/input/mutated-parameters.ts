import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { readParameterFile } from '../../../../src/scenarios/parameter-file.ts';
import { compareTraining } from '../../../../src/trainer/parity.ts';
import type { Ordeal } from '../../ordeal.ts';
import { encoding, textChanges, valueChanges } from './hazards.ts';
import { faultOfRefusal } from './judge.ts';
import { tried } from './tried.ts';

const samples = ['trainer', 'towers'].flatMap((name) => filesIn(name));

/** Parameter files of more steps are read and not trained. */
const mostSteps = 100;

/** Files of parameters, every tower and loss, with letters, numbers, lists and encodings changed. */
export const mutatedParameters: Ordeal = {
  name: 'mutated-parameters',
  promise: 'a damaged file of parameters is refused with file and place, or trained and its deviation told',
  async endure(trial) {
    const file = join(trial.folder, 'parameters.json');
    let [read, trained] = [0, 0];
    const attempt = async (bytes: Buffer): Promise<string | null> => {
      // A new file, because some file systems flush one that is written over, which costs milliseconds.
      rmSync(file, { force: true });
      writeFileSync(file, bytes);
      let training: Awaited<ReturnType<typeof readParameterFile>>;
      try {
        training = await readParameterFile(file);
      } catch (error) {
        return faultOfRefusal(error) ?? faultOfPlace(error as Error);
      }
      read += 1;
      if (training.snapshots.some(({ step }) => step > mostSteps)) return null;
      trained += 1;
      const untold = [...compareTraining(training)].find(({ deviation }) => !(deviation >= 0));
      return untold === undefined ? null : `step ${untold.step} deviates by ${untold.deviation}`;
    };
    const count = await tried(trial, { bounded: 300, full: 15_000 }, changed, attempt);
    if (read < count / 20 || trained === 0) throw new Error(`only ${read} files were left, ${trained} of them trained`);
    return { 'files of parameters': count, 'read to the end': read, trained };
  },
};

function filesIn(name: string): string[] {
  const folder = fileURLToPath(new URL(`../../../fixtures/${name}/`, import.meta.url));
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.map((file) => readFileSync(join(folder, file), 'utf8'));
}

const sample = fc.constantFrom(...samples);
const changed: fc.Arbitrary<Buffer> = fc.oneof(
  fc.tuple(sample, textChanges, encoding).map(([text, change, encode]) => encode(change(text))),
  fc.tuple(sample, valueChanges).map(([text, change]) => Buffer.from(JSON.stringify(change(JSON.parse(text))))),
);

/** Where it is must be told, too. */
function faultOfPlace({ message }: Error): string | null {
  return message.split('\n').every((line) => line.includes('parameters.json')) ? null : `names no place: ${message}`;
}
