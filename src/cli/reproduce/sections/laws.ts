import { drawInitialSquaredNorm } from '../../../coupling/start.ts';
import { rowOf } from '../../../maths/matrix.ts';
import { standardNormalCdf } from '../../../maths/normal.ts';
import { articlePair } from '../../../process/article-pair.ts';
import { exactPairLaw } from '../../../process/exact-law.ts';
import { growthTable } from '../../../process/growth-table.ts';
import { presenceGap } from '../../../process/presence.ts';
import { formatSignificant } from '../../../report/format-number.ts';
import { jointMoments } from '../../../statistics/joint-moments.ts';
import { meanEstimate } from '../../../statistics/pair-estimates.ts';
import type { Claim } from '../../../theorems/claim.ts';
import { ownGainReversal } from '../../../theorems/claims/a12-own-gain-reversal.ts';
import { saturation } from '../../../theorems/claims/a13-saturation.ts';
import { decayAndMomentum } from '../../../theorems/claims/a14-decay-and-momentum.ts';
import { judged } from '../../../theorems/verify.ts';
import { drawNormalMatrix } from '../../../trainer/draw-parameters.ts';
import { infoNceCosine } from '../../../trainer/losses/info-nce.ts';
import { allOutputs, batchGradient, sgdStep } from '../../../trainer/sgd-step.ts';
import { embeddingTower } from '../../../trainer/towers/embedding.ts';
import type { Equipment } from '../equipment.ts';
import type { Row } from '../row.ts';
import { fixed, leftOut, printedDigits, printedEstimate, printedWithin, statement } from '../rules.ts';
import type { Section } from '../section.ts';

/** The constants and laws that the theory states in numbers. */
export const laws: Section = {
  id: 'laws',
  title: 'The laws',
  about:
    'Constants to their printed digits, scalings to the last bit, and the approximations beside draws of what they approximate.',
  async reproduce(equipment) {
    return {
      rows: [
        ...scalings(),
        ...growthConstants(),
        linearGrowth(),
        ...reductions(),
        ...(await reversals(equipment)),
        ...(await startSpread(equipment)),
        ...(await findingRows(decayAndMomentum, equipment)),
        slotSum(equipment),
        leftOut(
          { claim: 'A6, A7: when shared gains and multiplicity gains keep the order', source: 'theory' },
          'conditions without numbers',
          'the section on claims checks them',
        ),
      ],
    };
  },
};

const steps = 1000;

/** A4: two symmetries of S_n. */
function scalings(): Row[] {
  const source = 'theory, A4';
  const [start, gain] = [0.3, 0.7];
  const plain = growthTable(start, gain, steps);
  const scaled = growthTable(8 * start, 64 * gain, steps);
  const unequal = plain.filter((squaredNorm, n) => scaled[n] !== 8 * squaredNorm).length;
  const mirrored = growthTable(gain / start, gain, steps);
  const apart = Math.max(
    ...Array.from(plain.slice(1), (squaredNorm, n) => mirrored[n + 1] / squaredNorm - 1).map(Math.abs),
  );
  const below = plain.slice(1).filter((squaredNorm) => squaredNorm < 2 * Math.sqrt(gain)).length;
  const cases = `of ${steps} n`;
  return [
    statement(
      { claim: 'S_n(λs₀, λ²c) = λS_n(s₀, c) for λ = 8', source },
      'bit-exact',
      `${unequal} ${cases} differ`,
      unequal === 0,
      'equal to the last bit',
    ),
    statement(
      { claim: 'S_n(s₀, c) = S_n(c/s₀, c) for n ≥ 1', source },
      'equal',
      apart < 1e-12 ? 'equal up to rounding' : `apart by ${formatSignificant(apart, 2)}`,
      apart < 1e-12,
      `within 10⁻¹² of each ${cases}`,
    ),
    statement(
      { claim: 'S_n ≥ 2√c for n ≥ 1', source },
      'holds',
      `${below} ${cases} below`,
      below === 0,
      'no exception',
    ),
  ];
}

/** A5: x_n/c − 2n − ½ ln n, with y = x/c − 2n, whose rounding stays small where that of x would not. */
function growthConstants(): Row[] {
  const count = 10_000_000;
  const known = [
    { start: 1, text: '1', printed: '1.72314' },
    { start: 4, text: '4', printed: '3.72314' },
    { start: 0.25, text: '¼', printed: '3.72314' },
  ];
  return known.map(({ start, text, printed }) => {
    let drift = start;
    for (let n = 0; n < count; n++) drift += 1 / (2 * n + drift);
    const claim = `K(${text}): S_n²/c − 2n − ½ ln n for s₀² = ${text} c, after 10⁷ appearances`;
    return printedDigits({ claim, source: 'theory, A5' }, printed, drift - Math.log(count) / 2);
  });
}

function linearGrowth(): Row {
  const count = 1_000_000;
  const ratio = growthTable(1, 1, count)[count] ** 2 / (2 * count);
  const claim = '‖q‖⁴ over 2cn after 10⁶ appearances';
  return printedWithin({ claim, source: 'theory, A5' }, '1', ratio, 1e-4, '(½ ln n + K)/(2n) is what is left');
}

/** A10: what the pairing is worth, and how often it ends in a tie. */
function reductions(): Row[] {
  const source = 'theory, A10';
  const known = [
    { lower: 0.01, upper: 0.02, batchSize: 8, steps: 200, printed: '3.22' },
    { lower: 0.01, upper: 0.011, batchSize: 32, steps: 1000, printed: '18.18' },
    { lower: 0.05, upper: 0.06, batchSize: 128, steps: 200, printed: '1.70' },
  ];
  const rows = known.map(({ lower, upper, batchSize, steps, printed }) => {
    const law = exactPairLaw(articlePair({ popularity: { lower, upper }, batchSize, steps }))!;
    const claim = `variance reduction of the pairing, p = ${lower} and ${upper}, B = ${batchSize}, T = ${steps}`;
    return printedDigits({ claim, source }, printed, law.squaredNorm.varianceReduction!);
  });
  const ties = (1 - presenceGap(0.05, 0.06, 128)) ** 200;
  return [...rows, printedDigits({ claim: 'probability of a tie of the last of them', source }, '.811', ties)];
}

/** A12: by the formula, and drawn. */
async function reversals(equipment: Equipment): Promise<Row[]> {
  const source = 'theory, A12';
  const known = [
    { v: 0.5, m: 1, printed: '.460' },
    { v: 0.5, m: 20, printed: '.0255' },
    { v: 1, m: 20, printed: '.165' },
  ];
  const findings = await ownGainReversal.check(equipment.setting(ownGainReversal.id));
  return known.flatMap(({ v, m, printed }, index) => {
    const law = standardNormalCdf(-m / (v * Math.sqrt(400 + m)));
    // Each setting has two findings with the same effect: one for either side.
    const finding = findings[2 * index];
    const effect = finding.kind === 'statistical' ? finding.effect : Number.NaN;
    const name = `P(order reversed), own iid gains, v = ${v}, m = ${m}, N = 200`;
    return [
      printedDigits({ claim: `${name}: Φ(−m/(v√(2N + m)))`, source }, printed, law),
      printedWithin(
        { claim: `${name}: 20,000 draws`, source },
        printed,
        law + effect,
        0.012,
        '.01 for what the approximation leaves out, and the draws',
      ),
    ];
  });
}

/** A13: the spread of the start, and what it hides. */
async function startSpread(equipment: Equipment): Promise<Row[]> {
  const source = 'theory, A13';
  const dimension = 32;
  const ratio = Math.sqrt((1 + 2 / dimension) * (1 + 3 / dimension));
  const claim = `sd(s₀²) over 2d√(2d), exactly, for N(0, 1) entries, d = ${dimension}`;
  return [
    printedWithin({ claim, source }, '1', ratio, 0.1, '√((1 + 2/d)(1 + 3/d)), which tends to 1'),
    meanStart(dimension, equipment),
    ...(await findingRows(saturation, equipment)),
  ];
}

function meanStart(dimension: number, equipment: Equipment): Row {
  const uniform = equipment.setting('A13').uniform('mean start');
  const starts = Array.from({ length: 50_000 }, () => {
    return drawInitialSquaredNorm({ dimension, standardDeviation: 1 }, () => uniform);
  });
  const claim = `E s₀ = d for N(0, 1) entries, d = ${dimension}`;
  return printedEstimate(
    { claim, source: 'theory, A13' },
    String(dimension),
    meanEstimate(jointMoments(starts, starts), 0),
  );
}

/** An item in several slots of a batch: what its row moves by. */
function slotSum(equipment: Equipment): Row {
  const uniform = equipment.setting('A0').uniform('slot sum');
  const [users, items] = [3, 2].map((rows) => embeddingTower(drawNormalMatrix(rows, 4, uniform)));
  const model = { user: users, item: items, loss: infoNceCosine(1) };
  const batch = { users: [0, 1, 2], items: [0, 0, 1] };
  const [first, second] = [0, 1].map((slot) => rowOf(batchGradient(model, batch).items, slot));
  const before = rowOf(allOutputs(items), 0).slice();
  const learningRate = 0.5;
  sgdStep(model, batch, learningRate);
  const move = rowOf(allOutputs(items), 0).map((entry, axis) => entry - before[axis]);
  const farthest = (of: (axis: number) => number) => Math.max(...move.map((entry, axis) => Math.abs(entry - of(axis))));
  const fromSum = farthest((axis) => -learningRate * (first[axis] + second[axis]));
  const fromCount = farthest((axis) => -learningRate * 2 * first[axis]);
  return statement(
    {
      claim: 'an item in two slots moves by the sum of their gradients, not by the count times one of them',
      source: 'theory, section 5',
    },
    '−η Σ g, not −η·count·g',
    `${fromSum < 1e-14 ? 'equal to the sum up to rounding' : `off the sum by ${formatSignificant(fromSum, 2)}`}, off the count by ${fixed(fromCount, 3)}`,
    fromSum < 1e-14 && fromCount > 1e-3,
    'one step of a batch with three users and two items',
  );
}

/** What the check of a claim has measured. */
async function findingRows(claim: Claim, equipment: Equipment): Promise<Row[]> {
  const { alpha } = equipment.checking;
  const { findings } = judged(await claim.check(equipment.setting(claim.id)), alpha);
  return findings.map((finding) => {
    const said = { claim: finding.what, source: `theory, ${claim.id}` };
    if (finding.kind === 'exact') {
      return statement(
        said,
        'holds',
        finding.holds ? 'holds' : `false: ${finding.counterexample}`,
        finding.holds,
        `${finding.cases} cases`,
      );
    }
    const { effect, detectable, unit, draws, test, holds } = finding;
    const how = `${test} test on ${draws} draws, would find ${formatSignificant(detectable, 2)}`;
    return statement(said, 'the law', `off by ${fixed(effect, 4)} in ${unit}`, holds, how);
  });
}
