import type { SideRecord } from '../../trainer/side-record.ts';
import { formatCount, formatShare, formatSignificant } from '../format-number.ts';
import { mostRows, type StepRecord } from './moved-rows.ts';

/** Which step it is. */
export function stepTitle({ epoch, step }: StepRecord): string {
  return `Epoch ${formatCount(epoch)}, step ${formatCount(step)}`;
}

/** Under the title, in the picture. */
export function stepSubtitles({ loss, user, item }: StepRecord): string[] {
  return [
    `loss ${formatSignificant(loss, 4)}; tangent: users ${formatShare(user.tangentShare)}, items ${formatShare(item.tangentShare)}`,
    'hollow before the step, filled after it',
  ];
}

/**
 * The numbers of a picture in words.
 *
 * @param most rows of each side that are drawn
 */
export function stepCaption({ loss, meanCosine, user, item }: StepRecord, most = mostRows): string {
  return (
    `Loss ${formatSignificant(loss, 4)} before the step, mean cosine of the pairs ` +
    `${formatSignificant(meanCosine, 3)} after it. ${sideText('users', user, most)} ${sideText('items', item, most)}`
  );
}

function sideText(
  side: string,
  { rows, moved, tangentShare, cosine, growth, meanNorm }: SideRecord,
  most: number,
): string {
  const drawn = rows > most ? ` (${formatCount(most)} are drawn)` : '';
  const angle =
    cosine === null
      ? ''
      : `, ${formatShare(tangentShare)} of them at a right angle up to rounding (median |cos| ${formatSignificant(cosine.median, 2)}, ` +
        `median growth ${formatSignificant(growth ?? 0, 4)} ‖Δ‖²)`;
  return `${formatCount(moved)} of ${formatCount(rows)} ${side} moved${drawn}${angle}; their mean norm is now ${formatSignificant(meanNorm, 4)}.`;
}
