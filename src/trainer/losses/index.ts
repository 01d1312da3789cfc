import { infoNceCosine, infoNceDot } from './info-nce.ts';
import type { Loss } from './loss.ts';
import { negativeCosine, squaredCosineGap } from './pairwise.ts';

/** Every loss, at temperature 1 where it has one. To add one: a file in this folder, a line here. */
export const losses: readonly Loss[] = [infoNceCosine(1), infoNceDot(1), squaredCosineGap, negativeCosine];
