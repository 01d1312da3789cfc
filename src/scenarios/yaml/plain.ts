/** A value of YAML that JSON could hold too, but for NaN and infinities, which the schema refuses. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };
