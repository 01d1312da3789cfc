/** Text as Markdown that shows it and acts as nothing: no markup, no HTML, no line of its own. */
export function markdownText(text: string): string {
  return text
    .replace(/[\\`*_{}[\]<>()#+!|~&]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/\s+/g, ' ')
    .trim();
}
