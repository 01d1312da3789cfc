import type { Json } from '../random/canonical-json.ts';
import { visibleText } from '../scenarios/visible-text.ts';

/** What is kept of texts in several lines. */
const fieldsOfLines = ['description'];

/** In JSON whatever may do more than show: other characters than those of plain ASCII, and what may be an escape of one. */
const mayAct = /[^\n\x20-\x7e]|\\[^"/]/;

/**
 * JSON that may have come from anybody, its texts and the names of its fields made safe to show; nothing else is changed.
 * What this program writes is safe already and stays as it is.
 *
 * @param text from which it was parsed: of most a glance at it shows that nothing is to be done
 */
export function visibleJson(value: Json, text: string): Json {
  return mayAct.test(text) ? cleaned(value, '') : value;
}

function cleaned(value: Json, name: string): Json {
  if (typeof value === 'string')
    return fieldsOfLines.includes(name) ? value.split('\n').map(whole).join('\n') : whole(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((of) => cleaned(of, ''));
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [whole(key), cleaned(of, key)]));
}

/** However long it is. */
function whole(text: string): string {
  return visibleText(text, Number.POSITIVE_INFINITY);
}
