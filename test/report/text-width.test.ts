import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { textWidth } from '../../src/report/text-width.ts';

describe('the columns that a text takes', () => {
  it('are those of string-width, for every character of the basic plane', () => {
    for (let code = 0; code < 0x10000; code++) {
      const character = String.fromCharCode(code);
      if (textWidth(character) !== stringWidth(character))
        expect(`U+${code.toString(16)}`).toBe('as string-width has it');
    }
  });

  it('are those of string-width, for marks of formulas among anything', () => {
    const mark = fc.constantFrom(...'‖q″‖ − ±ηρσ₀²⁻─┼▀✓✗', '\u0301', '\ufe0f', '\u001b[31m', '\u001b[39m', '漢', '👍');
    const text = fc.array(fc.oneof(mark, fc.string({ unit: 'grapheme', maxLength: 3 })), { maxLength: 12 });
    fc.assert(fc.property(text, (parts) => textWidth(parts.join('')) === stringWidth(parts.join(''))));
  });
});
