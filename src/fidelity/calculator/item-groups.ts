/** Items of about the same popularity. */
export interface ItemGroup {
  readonly items: number;
  /** Interactions of an item in an epoch. */
  readonly popularity: number;
}

/** What a group spans of popularity where there would be too many. */
const finest = 1.02;

/** Different popularities beyond which near ones are taken together. */
const mostGroups = 1000;

/** The items by popularity, rarest first; where there are too many different ones, near ones share their mean. */
export function groupItems(popularity: readonly number[]): ItemGroup[] {
  const sorted = Float64Array.from(popularity).sort();
  const exact = grouped(sorted, (first, value) => value === first);
  return exact.length <= mostGroups ? exact : grouped(sorted, (first, value) => value <= first * finest);
}

/** @param joins whether a value belongs to the group that begins with `first` */
function grouped(sorted: Float64Array, joins: (first: number, value: number) => boolean): ItemGroup[] {
  const groups: ItemGroup[] = [];
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    let sum = 0;
    while (to < sorted.length && joins(sorted[from], sorted[to])) {
      sum += sorted[to];
      to += 1;
    }
    groups.push({ items: to - from, popularity: sum / (to - from) });
    from = to;
  }
  return groups;
}
