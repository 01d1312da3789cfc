/** A GitHub table; a bar in a cell would end it, so it is escaped. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Inline code. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A part of the page that is shown when its summary is clicked. */
export function details(summary: string, body: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

/** A description in a table: it begins with a capital unless with a symbol, and a single sentence ends without a full stop. */
export function phrase(text: string): string {
  const begun = /^(?:a |[a-z]{2})/.test(text) ? text[0].toUpperCase() + text.slice(1) : text;
  return /\.\s/.test(begun) ? begun : begun.replace(/\.$/, '');
}
