/** Combining marks that one letter may carry: enough for Vietnamese, Hebrew and Thai; a longer run paints over its neighbours. */
const mostCombiningMarks = 4;

/**
 * Characters that act on a terminal or a page instead of showing: controls (C0, C1, ESC, newlines), separators,
 * bidirectional and other format controls, invisible fillers, halves of surrogate pairs. Joiners and the emoji
 * selector stay, because ordinary writing needs them.
 */
const acting = /(?!\u200c|\u200d|\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const combiningRun = new RegExp(`(\\p{M}{${mostCombiningMarks}})(\\p{M}+)`, 'gu');

/** A run of joiners and marks can make one cluster endless; no writing needs more than this many code units. */
const longestCluster = 32;

/**
 * Foreign text made safe to print: characters that would act instead of showing become marks such as `\u{1b}`, and
 * long text ends in `…`.
 *
 * @param longest clusters (what a reader counts as characters) to keep, the `…` included
 */
export function visibleText(text: string, longest = 60): string {
  // Cut before replacing: a label may be a megabyte long. Half a surrogate pair left by the cut becomes a mark.
  const head = text.slice(0, longest * longestCluster + 1);
  const marked = head
    .replace(acting, mark)
    .replace(combiningRun, (_, kept: string, rest: string) => kept + rest.replace(/\p{M}/gu, mark));
  return head.length === text.length && marked.length <= longest ? marked : truncate(marked, longest);
}

/** What messages call a file: its path, safe to print. */
export function visiblePath(path: string): string {
  return visibleText(path, 300);
}

/** Text of several lines made safe to print, line by line. */
export function visibleLines(text: string): string {
  const lines = text.trim().split('\n');
  return lines.map((line) => visibleText(line, 10_000)).join('\n');
}

function mark(character: string): string {
  return `\\u{${character.codePointAt(0)!.toString(16)}}`;
}

function truncate(text: string, longest: number): string {
  const kept: string[] = [];
  clusters ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  for (const { segment } of clusters.segment(text)) {
    if (kept.length < longest) kept.push(segment.slice(0, longestCluster));
    // One cluster too many: the last one kept makes room for the ellipsis, and half a mark is not shown.
    else
      return `${kept
        .slice(0, -1)
        .join('')
        .replace(/\\u(\{[0-9a-f]*)?$|\\$/, '')}…`;
  }
  return kept.join('');
}

/** Made when first needed: it costs 10 ms. */
let clusters: Intl.Segmenter | undefined;
