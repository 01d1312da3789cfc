import type { PairParameters } from '../../process/pair-parameters.ts';

/**
 * A scenario, as YAML, whose only cell is this pair.
 *
 * @param name of the scenario: lower-case letters, digits and dashes
 * @param pair of one of the families: a trace or the in-batch softmax, no weight decay, no momentum
 */
export function scenarioSnippet(name: string, pair: PairParameters): string {
  const { popularity, batchSize, steps, initialSquaredNorm, learningRate } = pair;
  return [
    'kind: coupled',
    `name: ${name}`,
    `popularity: {lower: ${popularity.lower}, upper: ${popularity.upper}}`,
    `batchSize: ${batchSize}`,
    `steps: ${steps}`,
    `initialSquaredNorm: ${initialSquaredNorm}`,
    ...(learningRate === 1 ? [] : [`learningRate: ${learningRate}`]),
    `gain: ${gainSnippet(pair)}`,
    '',
  ].join('\n');
}

function gainSnippet({ gain }: PairParameters): string {
  if (gain.model === 'trace') return `{model: trace, values: [${gain.values.join(', ')}]}`;
  if (gain.model !== 'in-batch-softmax') throw new RangeError(`scenarioSnippet: no family has the gain ${gain.model}`);
  return `{model: in-batch-softmax, temperature: ${gain.temperature}, dimension: ${gain.dimension}}`;
}
