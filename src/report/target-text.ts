import type { Target, TargetState } from '../engine/precision-targets.ts';
import { formatShare, formatSignificant } from './format-number.ts';

/** The mean that a target is for, as a reader calls it. */
export function targetName({ quantity }: TargetState): string {
  return quantity === 'norm.difference' ? 'difference' : quantity;
}

/** How well the mean is to be known: ±0.01, or ±1 %. */
export function askedText(target: Target): string {
  return 'halfWidth' in target ? widthText(target.halfWidth) : `±${formatShare(target.relativeHalfWidth)}`;
}

/** How well it is known, in the same terms; null where nothing can be said in them. */
export function knownText({ target, halfWidth, relativeHalfWidth }: TargetState): string | null {
  if (halfWidth === null) return null;
  if ('halfWidth' in target) return widthText(halfWidth);
  return relativeHalfWidth === null
    ? `${widthText(halfWidth)} around 0`
    : `${widthText(halfWidth)} or ±${formatShare(relativeHalfWidth)}`;
}

function widthText(halfWidth: number): string {
  return `±${formatSignificant(halfWidth, 3)}`;
}
