import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Precision } from '../../src/kernels/info-nce-kernel.ts';
import { openGenerator } from '../../src/random/generators/index.ts';
import { drawModel } from '../../src/trainer/initial-model.ts';
import type { TowerOptimiser, TrainingSpecification } from '../../src/trainer/specification.ts';
import { openStepper } from '../../src/trainer/steppers/index.ts';
import type { Contest, Contests, Side } from './contest.ts';

/** Rows of each table. */
const rows = 5000;

/** What both sides do: steps of this many pairs, d entries a row. */
interface StepShape {
  readonly batch: number;
  readonly dimension: number;
  readonly precision: Precision;
}

const shapes = [25, 256, 1024].flatMap((batch) =>
  [2, 64].flatMap((dimension) =>
    (['double', 'single'] as const).map((precision): StepShape => ({ batch, dimension, precision })),
  ),
);

const sgd: TowerOptimiser = {
  method: 'sgd',
  momentum: 0,
  weightDecay: { rate: 0, applies: 'dense' },
  learningRate: 1,
  schedule: { shape: 'constant' },
};

/** Our steps, in process: nanoseconds of CPU time each. */
function ourSteps({ batch, dimension, precision }: StepShape, kernel: 'auto' | 'plain'): Side {
  const specification: TrainingSpecification = {
    data: { from: 'one-to-one', pairs: rows },
    dimension,
    precision,
    tower: { kind: 'embedding' },
    loss: { name: 'info-nce-cosine', temperature: 1 },
    initial: { standardDeviation: 1 },
    optimisers: { user: sgd, item: sgd },
    batches: { sampler: 'epoch-shuffle', size: batch },
    epochs: 1,
    untilMeanCosine: null,
  };
  return (steps, round) => {
    const uniform = openGenerator('sfc32', 'a'.repeat(64))(round);
    const names = Array.from({ length: rows }, (_, row) => String(row));
    const model = drawModel(specification, { users: names, items: names, pairs: [] }, uniform);
    const stepper = openStepper(model, specification, { steps, batch }, kernel);
    const row = () => Math.floor(rows * uniform());
    const batches = Array.from({ length: Math.min(steps, 64) }, () => ({
      users: Array.from({ length: batch }, row),
      items: Array.from({ length: batch }, row),
    }));
    const start = process.cpuUsage();
    for (let step = 1; step <= steps; step++) stepper.step(step, batches[step % batches.length]);
    const { user, system } = process.cpuUsage(start);
    return { cost: ((user + system) * 1e3) / steps };
  };
}

/** Fails without PyTorch; to import it would take seconds. */
const findTorch = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("torch") is None)';

/** A Python that has PyTorch: the path's, or the system's. */
const python = ['python3', '/usr/bin/python3'].find((program) => spawnSync(program, ['-c', findTorch]).status === 0);

function torchSteps({ batch, dimension, precision }: StepShape, program: string): Side {
  const script = fileURLToPath(new URL('step.py', import.meta.url));
  return (steps, round) => {
    const words = [script, batch, dimension, rows, precision, steps, round].map(String);
    const answer = JSON.parse(execFileSync(program, words, { encoding: 'utf8' }));
    return { cost: answer.nanoseconds / answer.steps };
  };
}

/** One step of two embedding tables under InfoNCE, against PyTorch and against the plain steps, which have doubles only. */
export const trainer: Contests = ({ isQuick }) => {
  const contests = shapes
    .filter(({ batch }) => !isQuick || batch < 1024)
    .flatMap((shape): Contest[] => {
      const { batch, dimension, precision } = shape;
      const ours = {
        kernel: 'trainer',
        point: `${batch}×${dimension}${precision === 'single' ? ' f32' : ''}`,
        unit: 'ns/step',
        ours: ourSteps(shape, 'auto'),
      };
      const plain = { ...ours, contender: 'plain', theirs: ourSteps(shape, 'plain') };
      const torch = python === undefined ? [] : [{ ...ours, contender: 'pytorch', theirs: torchSteps(shape, python) }];
      return precision === 'double' ? [plain, ...torch] : torch;
    });
  return python === undefined ? [...contests, { contender: 'pytorch', skipped: 'no python3 has torch' }] : contests;
};
