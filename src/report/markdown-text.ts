/** Text as Markdown that shows it and acts as nothing: no markup, no HTML, no line of its own, no list and no heading. */
export function markdownText(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>#|~&]/g, entity)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[-+=]|^\d+(?=[.)])/, (start) => `${entity(start[0])}${start.slice(1)}`);
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}
