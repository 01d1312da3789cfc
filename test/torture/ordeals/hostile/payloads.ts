import fc from 'fast-check';

/** Pieces of text that act where they are not made harmless; what would run is called pwn. */
const pieces = [
  '\u001b[2J', '\u001b[31m', '\u001b]8;;https://example.org/pwn\u001b\\', '\u001b]52;c;cHdu\u0007', '\u001bc', '\u009b2J', '\u009d0;pwn\u009c',
  '\u0007', '\b', '\r', '\n', '\t', '\u0000', '\u2028', '\u2029', '\u0085', '\u202e', '\u2066', '\u200b', '\u00ad', '\ufeff', '\u{e0041}',
  '\ud800', `e${'\u0301'.repeat(40)}`, '👩\u200d'.repeat(8), '=cmd|"/c pwn"!A1', '+1', '-1', '@SUM(1)', '\uff1d1', "'", '"', ',', ';', '|', '`', '```',
  '</script><script>pwn()</script>', '<!--pwn', ']]>', '<img src=x onerror=pwn()>', '<svg onload=pwn()>', '"onmouseover="pwn()', "' onfocus='pwn()",
  '[a](javascript:pwn())', '![a](https://example.org/pwn)', '<a href="javascript:pwn()">', '&lt;', '&#60;', '\\u003c', '\\', '$(pwn)', '$pwn', '%s',
  '# ', '- ', '1. ', '---', '\n\n# pwn', '| pwn |', '../../pwn', '/etc/passwd', '__proto__', 'constructor',
]; // biome-ignore format: a list of texts

/** Foreign texts: one to four such pieces, with ordinary letters or any characters between them. */
export const foreignText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { arbitrary: fc.constantFrom(...pieces), weight: 4 },
      { arbitrary: fc.string({ unit: 'binary', maxLength: 6 }), weight: 1 },
      { arbitrary: fc.constantFrom('milk', 'Müsli', '麦片', ' '), weight: 1 },
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join(''));
