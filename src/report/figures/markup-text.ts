const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML and XML: in an element, or in an attribute in quotes. */
export function markupText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character]);
}

/** JSON that ends no script element and no line of a script, whatever texts are in it. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
