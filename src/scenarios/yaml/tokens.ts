import { type CST, Lexer, Parser } from 'yaml';

/** About 12,000 numbers in a list. Reading takes 10 µs a lexeme; a long list belongs in a file of its own. */
const mostLexemes = 50_000;
const deepest = 32;

/**
 * The syntax of a YAML text, read without recursion, so that hostile nesting and length are refused before anything
 * walks it.
 *
 * @returns the tokens of the document, or why they were refused and at which offset
 */
export function yamlTokens(
  text: string,
  onNewLine: (offset: number) => void,
): CST.Token[] | { readonly fault: string; readonly offset: number } {
  const parser = new Parser(onNewLine);
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    lexemes += 1;
    if (lexemes > mostLexemes) {
      const fault = `expected at most ${mostLexemes} YAML tokens (long lists of numbers go into a file), got more`;
      return { fault, offset: parser.offset };
    }
    tokens.push(...parser.next(lexeme));
  }
  tokens.push(...parser.end());
  return faultOf(tokens) ?? tokens;
}

function faultOf(tokens: readonly CST.Token[]): { fault: string; offset: number } | undefined {
  const directive = tokens.find(({ type }) => type === 'directive');
  if (directive) return { fault: 'expected no % directive (YAML 1.2 is meant), got one', offset: directive.offset };
  const [, second] = tokens.filter(({ type }) => type === 'document');
  if (second) return { fault: 'expected one document, got a second one', offset: second.offset };
  const deep = tooDeep(tokens);
  return deep && { fault: `expected at most ${deepest} levels of nesting, got more`, offset: deep.offset };
}

function tooDeep(tokens: readonly CST.Token[]): CST.Token | undefined {
  const waiting = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { token, depth } = next;
    if (token.type === 'document' && token.value) waiting.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    if (depth === deepest) return token;
    for (const { key, value } of token.items as readonly CST.CollectionItem[]) {
      for (const child of [key, value]) if (child) waiting.push({ token: child, depth: depth + 1 });
    }
  }
  return undefined;
}
