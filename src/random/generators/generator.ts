/** Opens the stream of one replicate of a block: a function that returns uniform draws on [0, 1) with 53 bits. */
export type GeneratorFamily = (replicate: number) => () => number;
