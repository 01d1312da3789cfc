import type { Gap } from '../gap.ts';

/** Where the article's argument is silent or wrong. To add one: a file in this folder, a line here. */
export const gaps: readonly Gap[] = [];
