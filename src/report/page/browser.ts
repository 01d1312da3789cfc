import { panLinear, panLog, parse, View, zoomLinear, zoomLog } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { spreadsheetSafe } from '../../results/export/spreadsheet-safe.ts';
import type { Datum } from '../figures/figure.ts';
import type { LiveFigure } from './live-figure.ts';

// What a page runs: it puts a live picture in the place of each drawn one. Bundled into one script by the build.

const told = document.getElementById('told')!;

/** Shows what is said of the mark that is pointed at. */
function tell(_handler: unknown, event: MouseEvent, _item: unknown, value: unknown): void {
  told.hidden = typeof value !== 'object' || value === null;
  if (told.hidden) return;
  const list = document.createElement('dl');
  for (const [name, text] of Object.entries(value as object)) {
    list.appendChild(document.createElement('dt')).textContent = name;
    list.appendChild(document.createElement('dd')).textContent = String(text);
  }
  told.replaceChildren(list);
  const { width, height } = told.getBoundingClientRect();
  const left = Math.min(event.clientX + 14, document.documentElement.clientWidth - width - 4);
  const isRoomBelow = event.clientY + 14 + height < window.innerHeight;
  told.style.left = `${Math.max(4, left)}px`;
  told.style.top = `${Math.max(4, isRoomBelow ? event.clientY + 14 : event.clientY - height - 8)}px`;
}

async function enliven(figure: LiveFigure): Promise<void> {
  const section = document.getElementById(figure.place)!;
  const picture = section.querySelector<HTMLElement>('.picture')!;
  const live = document.createElement('div');
  const view = new View(parse(figure.vega, {}, { ast: true }), {
    expr: expressionInterpreter,
    renderer: 'svg',
    hover: true,
    tooltip: tell as never,
  } as ConstructorParameters<typeof View>[1]);
  view.data(
    'rows',
    figure.rows.map((row) => ({ ...row })),
  );
  if (isFitted(figure)) view.width(picture.clientWidth);
  await view.initialize(live).runAsync();
  live.querySelector('svg')?.setAttribute('aria-label', figure.title);
  picture.replaceChildren(...live.childNodes);
  picture.dataset.live = 'yes';
  for (const hidden of section.querySelectorAll<HTMLElement>('[hidden]')) hidden.hidden = false;
  listenToSeries(section, view);
  listenToChoices(section, view);
  listenToSaving(section, figure, view);
  if (figure.zoomed.length > 0) listenToKeys(picture, figure, view);
}

/** Whether a plot takes the room that its place has: see `plotFrame`. */
function isFitted({ vega: { autosize } }: LiveFigure): boolean {
  return typeof autosize === 'object' && 'type' in autosize && autosize.type === 'fit';
}

function listenToSeries(section: HTMLElement, view: View): void {
  const buttons = [...section.querySelectorAll<HTMLElement>('[data-series]')];
  for (const button of buttons) {
    button.addEventListener('click', () => {
      button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
      const hidden = buttons.filter((one) => one.getAttribute('aria-pressed') !== 'true');
      view
        .signal(
          'hidden',
          hidden.map((one) => one.dataset.series),
        )
        .run();
    });
  }
}

function listenToChoices(section: HTMLElement, view: View): void {
  for (const select of section.querySelectorAll('select')) {
    select.addEventListener('change', () => view.signal(select.dataset.signal!, select.value).run());
  }
}

function listenToSaving(section: HTMLElement, figure: LiveFigure, view: View): void {
  for (const button of section.querySelectorAll<HTMLElement>('[data-save]')) {
    button.addEventListener('click', async () => {
      const format = button.dataset.save!;
      const text =
        format === 'csv' ? csvOf(figure.rows) : format === 'json' ? JSON.stringify(figure.rows) : await svgOf(view);
      save(`${figure.place}.${format}`, text, contentTypes[format]);
    });
  }
}

const contentTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  svg: 'image/svg+xml',
};

/** On a ground of its own, with ink that is the same everywhere. */
async function svgOf(view: View): Promise<string> {
  const { color, backgroundColor } = getComputedStyle(document.body);
  return (await view.toSVG())
    .replaceAll('currentColor', color)
    .replace('<svg ', () => `<svg style="background:${backgroundColor}" `);
}

/** As `norm-growth export` writes CSV: what a spreadsheet would run gets an apostrophe. */
function csvOf(rows: readonly Datum[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const field = (value: Datum[string] | undefined) => {
    if (value === null || value === undefined) return '';
    return typeof value === 'string' ? `"${spreadsheetSafe(value).replaceAll('"', '""')}"` : String(value);
  };
  return [columns.map(field), ...rows.map((row) => columns.map((column) => field(row[column])))]
    .map((fields) => `${fields.join(',')}\r\n`)
    .join('');
}

function save(name: string, text: string, type: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  // Some browsers fetch it only after this has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Arrows move, + and − zoom, 0 shows all. */
function listenToKeys(picture: HTMLElement, { zoomed, title }: LiveFigure, view: View): void {
  picture.tabIndex = 0;
  picture.setAttribute('aria-label', `Picture: ${title}. Arrow keys move it, plus and minus zoom, 0 shows all.`);
  const [x, y] = zoomed;
  const pan: Readonly<Record<string, [axis: 'x' | 'y', by: number]>> = {
    ArrowLeft: ['x', -0.1],
    ArrowRight: ['x', 0.1],
    ArrowUp: ['y', 0.1],
    ArrowDown: ['y', -0.1],
  };
  const zoom: Readonly<Record<string, number>> = { '+': 0.8, '=': 0.8, '-': 1.25 };
  picture.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in pan) {
      const [axis, by] = pan[event.key];
      const field = axis === 'x' ? x : y;
      if (field !== undefined)
        moveDomain(view, axis, field, (domain, isLog) => (isLog ? panLog : panLinear)(domain, by));
    } else if (event.key in zoom) {
      for (const [axis, field] of [
        ['x', x],
        ['y', y],
      ] as const) {
        if (field !== undefined)
          moveDomain(view, axis, field, (domain, isLog) =>
            (isLog ? zoomLog : zoomLinear)(domain, null, zoom[event.key]),
          );
      }
    } else if (event.key === '0') {
      for (const field of zoomed) view.signal(`zoom_${field}`, null);
    } else return;
    event.preventDefault();
    view.run();
  });
}

type Domain = [number, number];

function moveDomain(
  view: View,
  axis: 'x' | 'y',
  field: string,
  move: (domain: Domain, isLog: boolean) => unknown,
): void {
  const scale = view.scale(axis) as { domain(): Domain; type: string };
  view.signal(`zoom_${field}`, move(scale.domain(), scale.type === 'log'));
}

for (const figure of JSON.parse(document.getElementById('figures')!.textContent!) as LiveFigure[]) {
  enliven(figure).catch((error: Error) => {
    // The drawn picture stays; whoever looks for the cause finds it in the console.
    console.error(figure.place, error);
  });
}
