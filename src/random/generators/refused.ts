/** The algorithms of the seedrandom package that are refused as sources of draws, and why. */
export const refusedAlgorithms: Readonly<Record<string, string>> = {
  xor128:
    'its stream is linear in the seed: of four seeds whose characters cancel under exclusive or, three streams give the fourth',
  xorwow:
    'its lowest bit is linear in the seed: of four seeds whose characters cancel under exclusive or, three streams give the fourth',
  xorshift7: 'its seeding shifts early characters out: keys that agree in their last 24 characters give one stream',
};
