import type { Section } from '../section.ts';
import { claims } from './claims.ts';
import { convergence } from './convergence.ts';
import { counterexample } from './counterexample.ts';
import { experiments } from './experiments.ts';
import { fidelity } from './fidelity.ts';
import { gaps } from './gaps.ts';
import { laws } from './laws.ts';
import { pairs } from './pairs.ts';
import { popularity } from './popularity.ts';
import { rates } from './rates.ts';
import { simulations } from './simulations.ts';

/** All that is reproduced, in the order of the page. To add a section: a file in this folder, a line here. */
export const sections: readonly Section[] = [
  experiments,
  popularity,
  convergence,
  claims,
  gaps,
  laws,
  counterexample,
  simulations,
  rates,
  fidelity,
  pairs,
];
