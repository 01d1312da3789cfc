import { describe, expect, it } from 'vitest';
import { screenSvg } from '../../src/dashboard/screen-svg.ts';

const room = { width: 40, height: 3 };
const rendition = (codes: string) => `\u001b[${codes}m`;

describe('a screen as SVG', () => {
  it('has every line of text, and no control character', () => {
    const svg = screenSvg(
      `plain\n${rendition('1')}bold${rendition('22')} rest\n${rendition('38;5;196')}red${rendition('39')}`,
      room,
    );
    expect([...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text)).toEqual(['plain', 'bold', ' rest', 'red']);
    expect(svg).not.toContain('\u001b');
    expect(svg).toContain('font-weight="bold"');
    expect(svg).toContain('fill="rgb(255,0,0)"');
  });

  it('writes text that looks like markup as text', () => {
    const svg = screenSvg('<script>alert("&")</script>', room);
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;');
  });

  it('places a run by the columns before it, wide characters counted twice', () => {
    const [, second] = [...screenSvg(`漢字${rendition('2')}x`, room).matchAll(/<text x="([\d.]+)"/g)];
    expect(Number(second[1])).toBeCloseTo(12 + 4 * 8.4, 9);
  });

  it('swaps ink and paper where text is inverse', () => {
    const svg = screenSvg(`${rendition('7')}head${rendition('27')}`, room);
    expect(svg).toContain('<rect x="12" y="16" width="33.6" height="18" fill="#d8dee9"/>');
    expect(svg).toContain('fill="#1b1f27" textLength');
  });
});
