import type { Topic } from './topic.ts';

export const order: Topic = {
  name: 'order',
  summary: 'what is checked: order of the norms, and the claims',
  page: [
    'Two runs share every draw and differ in one item’s popularity, p′ ≤ p″. After every step the order s″ ≥ s′ is checked: whether the more popular item is the longer. Squared norms that differ by less than 2⁻⁴⁶ of themselves are ties, not violations.',
    {
      terms: [
        ['violated at some step', 'pairs in which s″ < s′ after at least one step.'],
        ['violated at the end', 'pairs in which s″ < s′ after the last step.'],
        ['new violations', 'steps that turn the order around.'],
        [
          'predicted',
          'new violations by the sharp criterion, which must be equal: with a shared gain the order turns where c > s′s″; with own gains where (c′ − c″)s′ > (s″ − s′)(s′s″ − c′).',
        ],
      ],
    },
    'A constant gain keeps the order on every path (A3). A shared gain keeps it where it never rises, or never exceeds s₀² (A6). Gains drawn for each run keep it in law, not in every pair. Of a rising gain even the means can turn around.',
    '`check` tests sixteen claims, A0 to A15: deterministic ones case by case, in fractions or to a rounding bound; statistical ones with a share of the budget as the chance of a false alarm. `check --gaps` measures what the article leaves out. `search` looks for the simplest pair that breaks A15 or A6 once its conditions are left out.',
    {
      examples: [
        ['norm-growth check A1 A3', 'two claims'],
        ['norm-growth run own-gains', 'the order is broken on the way in many pairs, the means keep it'],
        ['norm-growth replay own-gains --pair 0', 'one such pair, around its first violation'],
        ['norm-growth search --claim A15 --gain schedule', 'the roundest pair whose means are in the wrong order'],
      ],
    },
  ],
  see: ['notation', 'scenarios', 'check', 'search', 'replay'],
};
