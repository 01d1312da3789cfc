/** A word that a POSIX shell reads as this text: within single quotes only the quote itself has a meaning. */
export function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
