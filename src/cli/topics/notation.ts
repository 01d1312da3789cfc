import type { Topic } from './topic.ts';

export const notation: Topic = {
  name: 'notation',
  summary: 'the symbols, and the process that they describe',
  page: [
    'A cosine loss pulls an item’s embedding q at a right angle, so that each step of plain SGD in which the item appears does s ← s + c/s. A batch of B slots holds the item with probability a = 1 − (1 − p)^B. Two runs are coupled by one uniform U a slot: the run with popularity p holds the item where U < p.',
    {
      terms: [
        ['q', 'an item’s embedding, of d entries'],
        ['s = ‖q‖²', 'squaredNorm: the state of the process, above 0'],
        ['p', 'popularity: the probability that one slot holds the item'],
        ['p′ ≤ p″', 'popularity.lower and popularity.upper: the two coupled runs'],
        ['B, T', 'batchSize: slots in a batch; steps: batches in a training'],
        ['a', 'presence: the probability that a batch holds the item at all'],
        ['N', 'appearances: the steps whose batch holds the item'],
        ['K', 'copies: the slots of one batch that hold the item'],
        ['η', 'learningRate'],
        ['‖Pu‖', 'tangentSignal: the loss’s pull across q, at unit norm'],
        ['c = η²‖Pu‖²', 'gain: what an appearance adds to s, times s'],
        ['Φ_c(s) = s + c/s', 'grow: one appearance'],
        ['S_n', 'growthTable: Φ_c applied n times to s₀'],
        ['λ, β', 'weightDecay and momentum, outside the article’s conditions'],
        ['κ = (1 − ηλ)²', 'decayFactor: what weight decay leaves of s at a step'],
      ],
    },
    'In tables ± is a standard error, and z the distance from the exact value in standard errors.',
    { examples: [['norm-growth run toy-steps', 'the symbols at work, in a training of a few steps']] },
  ],
  see: ['order', 'scenarios'],
};
