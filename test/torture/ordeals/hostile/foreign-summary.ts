import { summaryText } from '../../../../src/results/summary-checksum.ts';

/** A summary in whose every free text foreign ones stand, its checksum right. */
export function withTexts(summary: string, texts: readonly string[]): string {
  const { checksum: _, ...rest } = JSON.parse(summary);
  let next = 0;
  const foreign = () => texts[next++ % texts.length];
  const free = ['description', 'label', 'couplingReason', 'message', 'because', 'needs', 'title'];
  const changed = JSON.parse(JSON.stringify(rest), (key, value) => {
    if (key === 'swept' && typeof value === 'object')
      return { ...value, [wellFormed(foreign())]: wellFormed(foreign()) };
    return free.includes(key) && typeof value === 'string' ? wellFormed(foreign()) : value;
  });
  return summaryText(changed);
}

/** Canonical JSON has no halves of surrogate pairs. */
function wellFormed(text: string): string {
  return text.toWellFormed();
}
