import type { DesignName } from '../../schema/sweep.ts';
import type { Design } from './design.ts';
import { latinHypercube } from './latin-hypercube.ts';
import { sobol } from './sobol.ts';

/** Every way to spread points over ranges. */
export const designs: Readonly<Record<DesignName, Design>> = { 'latin-hypercube': latinHypercube, sobol };
