/** The title of an axis that says which quantity is chosen; Vega-Lite passes it on, though its declarations lack it. */
export const chosenTitle = { signal: 'chosen' } as unknown as string;
