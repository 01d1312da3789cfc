/** = + - @, TAB, CR and LF; the minus sign and the full-width forms, which some programs take for them; the apostrophe. */
const acting = /^['=+\-@\t\r\n−＝＋－＠]/;

/** Text that a spreadsheet runs as no formula: an apostrophe before it where it would, or where it begins with one. */
export function spreadsheetSafe(text: string): string {
  return acting.test(text) ? `'${text}` : text;
}
