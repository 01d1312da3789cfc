import type { ChunkSummary } from '../coupling/chunk-summary.ts';
import { noOrderCounts } from '../coupling/order-counts.ts';
import { baseGain } from '../process/gains/base-gain.ts';
import { growthTable } from '../process/growth-table.ts';
import { isTied } from '../process/order.ts';
import type { PairParameters } from '../process/pair-parameters.ts';
import { FloatHistogramCounter } from '../statistics/float-histogram.ts';
import { jointMoments } from '../statistics/joint-moments.ts';
import { type AliasTable, aliasTable } from './alias-table.ts';
import { type CoupledCounts, coupledCounts, coupledCountsSize } from './coupled-counts.ts';
import { finalBits } from './finals.ts';
import { kernels } from './kernel-module.ts';
import type { KernelRequest, KernelRun } from './kernel-run.ts';
import { seedKernel } from './seed.ts';

/** Larger laws cost more to tabulate than the draws of a run cost the plain twin. */
const mostOutcomes = 2 ** 20;

/** Why the kernel cannot draw the counts of a pair that its plain twin can draw, or null if it can. */
export function countsKernelRefusal(pair: PairParameters): string | null {
  return coupledCountsSize(pair) > mostOutcomes ? 'so many possible counts' : null;
}

interface Tables {
  readonly law: CoupledCounts;
  readonly alias: AliasTable;
  readonly states: Float64Array;
}

/** The tables of the cell at work: they serve all its chunks. */
let last: { readonly name: string; readonly tables: Tables } | null = null;

function tablesOf(pair: PairParameters): Tables {
  const name = JSON.stringify(pair);
  if (last?.name !== name) {
    const law = coupledCounts(pair);
    const states = growthTable(pair.initialSquaredNorm as number, baseGain(pair), pair.steps);
    last = { name, tables: { law, alias: aliasTable(law.probability), states } };
  }
  return last.tables;
}

/** The counts coupling: draws (N′, N″) by the alias method and sums up how often each outcome came. */
export function runCountsKernel(request: KernelRequest): KernelRun {
  const { pair, replicates, traced } = request;
  const tables = tablesOf(pair);
  const counts = drawOutcomes(tables, request, replicates).counts;
  return {
    summary: summarise(tables, counts, replicates),
    trace: traced === undefined ? new Float64Array(0) : traceOf(tables, request, traced),
    finals: null,
  };
}

function drawOutcomes({ alias, law }: Tables, { key }: KernelRequest, draws: number) {
  const kernel = kernels();
  kernel.reset();
  seedKernel(kernel, key);
  const table = kernel.place(alias.words);
  const counts = kernel.allocateZeros(4 * 2 ** alias.bits);
  const lastOutcome = kernel.exports.drawOutcomes(draws, table, alias.bits, counts);
  return { counts: kernel.words(counts, law.lower.length), lastOutcome };
}

/** One step that leads from the start to the end, as its plain twin has it: when the item appeared is not known. */
function traceOf(tables: Tables, request: KernelRequest, traced: number): Float64Array {
  const { lastOutcome } = drawOutcomes(tables, request, traced + 1);
  const { states, law } = tables;
  return Float64Array.of(request.pair.steps, 0, 0, states[law.lower[lastOutcome]], states[law.upper[lastOutcome]]);
}

function summarise({ law, states }: Tables, counts: Uint32Array, replicates: number): ChunkSummary {
  const drawn = counts.reduce((sum, count) => sum + (count === 0 ? 0 : 1), 0);
  const [lower, upper, weights] = [new Float64Array(drawn), new Float64Array(drawn), new Float64Array(drawn)];
  const histograms = { lower: new FloatHistogramCounter(finalBits), upper: new FloatHistogramCounter(finalBits) };
  let ties = 0;
  let at = 0;
  for (let outcome = 0; outcome < counts.length; outcome++) {
    const weight = counts[outcome];
    if (weight === 0) continue;
    const [a, b] = [states[law.lower[outcome]], states[law.upper[outcome]]];
    lower[at] = a;
    upper[at] = b;
    weights[at] = weight;
    at += 1;
    if (isTied(a, b)) ties += weight;
    histograms.lower.add(a, weight);
    histograms.upper.add(b, weight);
  }
  return {
    norm: jointMoments(lower.map(Math.sqrt), upper.map(Math.sqrt), weights),
    squaredNorm: jointMoments(lower, upper, weights),
    histograms: { lower: histograms.lower.toHistogram(), upper: histograms.upper.toHistogram() },
    order: { ...noOrderCounts, pairs: replicates, ties },
    trajectory: null,
  };
}
