import { z } from 'zod';
import type { SamplerName } from '../../trainer/batches/sampler.ts';
import type { LossName } from '../../trainer/named-model.ts';
import { seedField } from '../schema/common-fields.ts';
import {
  choiceField,
  closedObject,
  expected,
  expectedTag,
  explainedChoiceField,
  integerField,
  numberField,
  textField,
} from '../schema/fields.ts';
import { scheduleSchema } from '../schema/schedule.ts';
import { tableFormatNames } from '../tables/formats/index.ts';

const column = (whose: string) =>
  textField(300, 'the name of a column', `The column of the header that holds the ${whose}, if its name is unusual`);

const dataSources = [
  closedObject({ from: z.literal('toy').describe("The article's toy data: 7 users, 19 items, 25 pairs.") }),
  closedObject({
    from: z.literal('generator').describe('Zipf popularity and latent-factor tastes, drawn for each training.'),
    users: integerField(1, 1e6, 'how many users'),
    items: integerField(1, 1e6, 'how many items'),
    interactions: integerField(1, 1e7, 'how many different pairs'),
    zipfExponent: numberField(0, 10, 'popularity falls with this power of the rank').default(1),
    factors: integerField(0, 1024, 'dimension of the tastes; 0 for none').default(8),
  }),
  closedObject({
    from: z.literal('one-to-one').describe('User i meets item i, once.'),
    pairs: integerField(1, 1e6, 'how many pairs'),
  }),
  closedObject({
    from: z.literal('table').describe('A user–item table.'),
    file: textField(4096, 'a path', 'The table, relative to the scenario file'),
    format: choiceField(['auto', ...tableFormatNames], 'the layout of the table').default('auto'),
    userColumn: column('users').optional(),
    itemColumn: column('items').optional(),
  }),
] as const;

const bias = z.boolean({ error: expected('true or false') }).describe('Whether the layer has a bias.');
const features = integerField(1, 4096, 'entries of an embedding before the layer').default(32);

const towers = [
  closedObject({ kind: z.literal('embedding').describe('A row of its own for each user.') }),
  closedObject({
    kind: z.literal('embedding-linear').describe('An embedding table, then a linear layer.'),
    features,
    bias: bias.default(true),
  }),
  closedObject({
    kind: z.literal('frozen-linear').describe('A frozen embedding table, then a linear layer.'),
    features,
    bias: bias.default(true),
  }),
  closedObject({
    kind: z.literal('one-hot-linear').describe('A linear layer on one-hot inputs.'),
    bias: bias.default(false),
  }),
  closedObject({
    kind: z.literal('bert').describe("A BERT-like encoder of the user's items."),
    width: integerField(1, 1024, 'width of the model').default(8),
    heads: integerField(1, 64, 'attention heads; they divide the width').default(2),
    layers: integerField(1, 24, 'blocks of attention and feed-forward').default(2),
    feedForward: integerField(1, 4096, 'width of the feed-forward layers').default(16),
    norm: choiceField(['post', 'pre'], 'layer norms after the residual sums, or before the blocks').default('post'),
    activation: choiceField(['gelu', 'relu'], 'what the feed-forward layers apply').default('gelu'),
    pooling: choiceField(['mean', 'cls'], 'what stands for all tokens: their mean, or a CLS token').default('mean'),
  }),
] as const;

const decay = closedObject({
  rate: numberField(0, 1e6, 'λ: adds λθ to the gradient of θ; adamw takes ηλθ off θ instead').default(0),
  applies: choiceField(['dense', 'lazy'], 'to every row at every step, or to the rows of the batch').default('dense'),
})
  .prefault({})
  .describe('Weight decay, none by default.');
const learningRate = numberField(0, 1e300, 'η of this tower; the η of the training where it is missing').optional();
const schedule = scheduleSchema.prefault({ shape: 'constant' });
const beta = (meaning: string) => numberField(0, 0.999999, meaning);
const momentum = z
  .union(
    [
      beta('β of heavy-ball momentum'),
      closedObject({ low: beta('β at the highest rate'), high: beta('β at the lowest') }),
    ],
    {
      error: expected('a number from 0 to 0.999999, or {low, high} against a cyclic rate'),
    },
  )
  .default(0)
  .describe('β of heavy-ball momentum; {low, high} moves against a cyclic rate, low where the rate is highest.');
const betas = {
  beta1: numberField(0, 0.999999, 'β₁, how much of the mean gradient stays at a step').default(0.9),
  beta2: numberField(0, 0.999999, 'β₂, how much of the mean squared gradient stays at a step').default(0.999),
};

const losses = {
  'info-nce-cosine': 'InfoNCE on cosines, the other items of the batch as negatives',
  'info-nce-dot': 'InfoNCE on dot products: it sees norms, and its gradients are not tangent',
  'squared-cosine-gap': 'the mean of (1 − cos)² over the pairs; no negatives',
  'negative-cosine': 'the mean of −cos over the pairs; no negatives',
} as const satisfies Record<LossName, string>;

const samplers = {
  full: 'one batch of all pairs, in the order of the data',
  'epoch-shuffle': 'the pairs in a random order, cut into batches; the last may be smaller',
  slots: 'as many batches, each slot a pair drawn with replacement, as in the abstract process',
} as const satisfies Record<SamplerName, string>;

const optimiser = (whose: string) =>
  z
    .discriminatedUnion(
      'method',
      [
        closedObject({
          method: z.literal('sgd').describe('Stochastic gradient descent.'),
          learningRate,
          schedule,
          momentum,
          weightDecay: decay,
        }),
        closedObject({
          method: z.literal('adam').describe('Adam; decay is added to the gradient.'),
          learningRate,
          schedule,
          ...betas,
          weightDecay: decay,
        }),
        closedObject({
          method: z.literal('adamw').describe('AdamW; decay is taken off beside the step.'),
          learningRate,
          schedule,
          ...betas,
          weightDecay: decay,
        }),
      ],
      { error: expectedTag('method', ['sgd', 'adam', 'adamw']) },
    )
    .prefault({ method: 'sgd' })
    .describe(`The optimiser of the ${whose} tower; its learning rate is the training's unless it has its own.`);

/** The fields of every scenario that trains: what is learnt from what, and how. Their defaults stand here. */
export const modelShape = {
  seed: seedField,
  data: z
    .discriminatedUnion('from', dataSources, {
      error: expectedTag('from', ['toy', 'generator', 'one-to-one', 'table']),
    })
    .prefault({ from: 'toy' })
    .describe('Who meets what.'),
  dimension: integerField(1, 4096, 'd, entries of an embedding').default(2),
  precision: choiceField(
    ['double', 'single'],
    'how numbers are kept; single for embedding towers with InfoNCE and plain SGD',
  ).default('double'),
  tower: z
    .discriminatedUnion('kind', towers, {
      error: expectedTag('kind', ['embedding', 'embedding-linear', 'frozen-linear', 'one-hot-linear', 'bert']),
    })
    .prefault({ kind: 'embedding' })
    .describe("The users' encoder; the items' is an embedding table."),
  loss: closedObject({
    name: explainedChoiceField(losses, 'what is minimised').default('info-nce-cosine'),
    temperature: numberField(1e-6, 1e6, 'τ of InfoNCE').default(1),
  })
    .prefault({})
    .describe('The loss that a step goes down.'),
  initial: z
    .union(
      [
        closedObject({ standardDeviation: numberField(1e-15, 1e15, 'σ of independent normal entries') }),
        closedObject({ radius: numberField(1e-15, 1e15, 'radius of the sphere that rows are drawn from, uniformly') }),
      ],
      { error: expected('{standardDeviation} or {radius}') },
    )
    .prefault({ standardDeviation: 1 })
    .describe('How embedding rows start.'),
  learningRate: numberField(0, 1e300, 'η of both towers').default(1),
  user: optimiser('user'),
  item: optimiser('item'),
  batches: closedObject({
    sampler: explainedChoiceField(samplers, 'how the batches of an epoch are made').default('full'),
    size: integerField(1, 2 ** 20, 'B, slots in a batch; of no matter for full').default(256),
  })
    .prefault({})
    .describe('How an epoch is cut into batches.'),
  epochs: integerField(1, 1e6, 'passes over the data').default(100),
  untilMeanCosine: numberField(
    -1,
    1,
    'ends the training early, once the mean cosine of all pairs is at least this',
  ).optional(),
  initialParameters: textField(
    4096,
    'a path',
    'A file of initial parameters (JSON), relative to the scenario file; what it does not name is drawn',
  ).optional(),
};

const modelSchema = closedObject(modelShape);

/** The same fields, defaults filled in, and where the outputs are kept. */
export type ModelFields = z.output<typeof modelSchema> & { readonly snapshots?: readonly number[] | undefined };
