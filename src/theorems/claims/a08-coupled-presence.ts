import type { CouplingName } from '../../coupling/coupling.ts';
import type { ObservedStep } from '../../coupling/path-record.ts';
import type { KernelOption } from '../../engine/choose-member.ts';
import { planCells } from '../../engine/plan.ts';
import { watchPair } from '../../engine/replay-pair.ts';
import { articleRequest } from '../article-request.ts';
import { type CheckSetting, defineClaim } from '../claim.ts';
import { type ComparedCase, exactFinding, trueCase } from '../exact-finding.ts';

/** The members of the coupling that are said to couple. */
type Members = readonly CouplingName[];

const pairs = 100;
const training = { batchSize: 8, steps: 60 };

/** Claim A8: the lower batch's presence implies the upper's. */
export const coupledPresence = defineClaim<Members>({
  id: 'A8',
  statement:
    'On every path the upper run holds the item wherever the lower one does; and p′ = p″ gives two identical runs.',
  source: 'article, the coupled pair',
  conditions: 'both runs meet the same uniforms; every member of the coupling, by its kernel and plainly',
  drawn: `${pairs} pairs of ${training.steps} steps at each of four pairs of popularities`,
  tests: 0,
  claimed: ['slots', 'steps', 'events'],
  wrongTwin: { says: 'so it does when each run draws its own presences', claimed: ['independent'] },
  check: (members, setting) =>
    members.flatMap((member) => {
      const options: readonly KernelOption[] = member === 'independent' ? ['plain'] : ['auto', 'plain'];
      return options.map((option) => {
        const what = `presence″ ≥ presence′: ${member}, ${option === 'auto' ? 'kernel' : 'plain'}`;
        return exactFinding({ what, bound: 0, unit: 'cases' }, watched(member, option, setting));
      });
    }),
});

function* watched(coupling: CouplingName, option: KernelOption, { seed }: CheckSetting): Generator<ComparedCase> {
  const popularities = [
    [0, 0.3],
    [0.01, 0.02],
    [0.2, 0.9],
    [0.1, 0.1],
  ];
  for (const [lower, upper] of popularities) {
    const pair = { ...training, popularity: { lower, upper } };
    const [cell] = planCells([articleRequest(pair, { seed }, { replicates: pairs, coupling })], option).cells;
    for (let replicate = 0; replicate < pairs; replicate++) {
      let isOrdered = true;
      const see = ({ lowerGain, upperGain }: ObservedStep) => {
        if (lowerGain > 0 && upperGain === 0) isOrdered = false;
      };
      const record = watchPair(cell, replicate, see);
      const isIdentical = lower < upper || record.lower === record.upper;
      yield trueCase(isOrdered && isIdentical, () => `pair ${replicate} at p′ = ${lower}, p″ = ${upper}`);
    }
  }
}
