import stringWidth from 'string-width';
import { markupText } from '../report/figures/markup-text.ts';
import type { Room } from './panels/panel.ts';

/** A piece of a line that looks alike throughout. */
interface Run {
  readonly text: string;
  readonly colour: string | null;
  readonly background: string | null;
  readonly isBold: boolean;
  readonly isDim: boolean;
  readonly isInverse: boolean;
}

const plain: Omit<Run, 'text'> = { colour: null, background: null, isBold: false, isDim: false, isInverse: false };

const [ink, paper] = ['#d8dee9', '#1b1f27'];
const [cellWidth, lineHeight, margin] = [8.4, 18, 12];

/** The sixteen named colours of a terminal, as a quiet dark theme has them. */
const namedColours = [
  ...['#3b4252', '#d06c75', '#98c379', '#e5c07b', '#61afef', '#c678dd', '#56b6c2', '#d8dee9'],
  ...['#5c6370', '#e88388', '#a8cc8c', '#dbab79', '#71bef2', '#d290e4', '#66c2cd', '#ffffff'],
];

/** A frame of text with the colours of a terminal (SGR) as an SVG picture of a screen. */
export function screenSvg(frame: string, { width, height }: Room): string {
  const [w, h] = [width * cellWidth + 2 * margin, height * lineHeight + 2 * margin];
  const lines = frame.split('\n').map((line, row) => lineSvg(line, margin + (row + 1) * lineHeight));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}">`,
    '<title>norm-growth dashboard</title>',
    `<rect width="100%" height="100%" rx="6" fill="${paper}"/>`,
    '<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14" xml:space="preserve">',
    ...lines,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function lineSvg(line: string, baseline: number): string {
  let column = 0;
  return runsOf(line)
    .map((run) => {
      const at = margin + column * cellWidth;
      const columns = stringWidth(run.text);
      column += columns;
      return runSvg(run, at, baseline, columns);
    })
    .join('');
}

function runSvg(run: Run, at: number, baseline: number, columns: number): string {
  const [colour, background] = run.isInverse
    ? [run.background ?? paper, run.colour ?? ink]
    : [run.colour ?? ink, run.background];
  const length = columns * cellWidth;
  const box =
    background === null
      ? ''
      : `<rect x="${at}" y="${baseline - lineHeight + 4}" width="${length}" height="${lineHeight}" fill="${background}"/>`;
  if (run.text.trim() === '') return box;
  const style = `${run.isBold ? ' font-weight="bold"' : ''}${run.isDim ? ' opacity="0.6"' : ''}`;
  const place = `x="${at}" y="${baseline}" fill="${colour}" textLength="${length}"`;
  return `${box}<text ${place}${style}>${markupText(run.text)}</text>`;
}

/** Select Graphic Rendition: ESC [ codes m. */
const rendition = new RegExp(`(${String.fromCharCode(27)}\\[[\\d;]*m)`);

/** A line cut where its look changes. */
function runsOf(line: string): Run[] {
  let look = plain;
  return line.split(rendition).flatMap((piece) => {
    const code = rendition.exec(piece);
    if (code === null) return piece === '' ? [] : [{ ...look, text: piece }];
    look = lookAfter(look, code[0].slice(2, -1).split(';').map(Number));
    return [];
  });
}

/** Select Graphic Rendition (ECMA-48): the codes that the dashboard uses. */
function lookAfter(look: Omit<Run, 'text'>, codes: readonly number[]): Omit<Run, 'text'> {
  const [code, mode, index] = codes;
  switch (code) {
    case 0:
      return plain;
    case 1:
      return { ...look, isBold: true };
    case 2:
      return { ...look, isDim: true };
    case 7:
      return { ...look, isInverse: true };
    case 22:
      return { ...look, isBold: false, isDim: false };
    case 27:
      return { ...look, isInverse: false };
    case 38:
      return { ...look, colour: extendedColour(mode, index, codes) };
    case 39:
      return { ...look, colour: null };
    case 48:
      return { ...look, background: extendedColour(mode, index, codes) };
    case 49:
      return { ...look, background: null };
    default:
      return { ...look, ...namedLook(code) };
  }
}

function namedLook(code: number): Partial<Omit<Run, 'text'>> {
  if (code >= 30 && code <= 37) return { colour: namedColours[code - 30] };
  if (code >= 90 && code <= 97) return { colour: namedColours[code - 82] };
  if (code >= 40 && code <= 47) return { background: namedColours[code - 40] };
  return code >= 100 && code <= 107 ? { background: namedColours[code - 92] } : {};
}

/** One of 256 colours, or one by red, green and blue. */
function extendedColour(mode: number, index: number, codes: readonly number[]): string {
  if (mode === 2) return `rgb(${codes.slice(2, 5).join(',')})`;
  if (index < 16) return namedColours[index];
  if (index >= 232) {
    const level = 8 + 10 * (index - 232);
    return `rgb(${level},${level},${level})`;
  }
  const levels = [0, 95, 135, 175, 215, 255];
  const place = index - 16;
  return `rgb(${[Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map((level) => levels[level]).join(',')})`;
}
