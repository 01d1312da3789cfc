import type { Key } from 'ink';
import { describe, expect, it } from 'vitest';
import { keyNames } from '../../src/dashboard/key-press.ts';
import { panelsFor } from '../../src/dashboard/panels/index.ts';
import { press } from '../../src/dashboard/press.ts';
import { initialUi, type UiState } from '../../src/dashboard/ui-state.ts';
import { sweepSample, trainingSample, violatedSample } from './samples.ts';

const sweep = await sweepSample();
const violated = await violatedSample();
const training = await trainingSample();

/** The state and the commands after some keys. */
function after(keys: readonly string[], snapshot = sweep, start: Partial<UiState> = {}) {
  const panes = panelsFor(snapshot).map(({ id }) => id);
  const commands: string[] = [];
  let ui: UiState = { ...initialUi, ...start };
  for (const key of keys) {
    const pressed = press(ui, key, snapshot, { panes, estimates: 8 });
    ui = pressed.ui;
    if (pressed.command !== null) commands.push(pressed.command);
  }
  return { ui, commands };
}

describe('press', () => {
  it.each([
    ['q', 'quit'],
    ['ctrl-c', 'quit'],
    ['p', 'pause the run'],
    ['c', 'copy'],
    ['s', 'save'],
  ])('%s asks to %s, whatever is shown', (key, command) => {
    expect(after([key]).commands).toEqual([command]);
    expect(after(['?', key]).commands).toEqual([command]);
    expect(after(['Tab', 'enter', key]).commands).toEqual([command]);
  });

  it('goes round the panes by Tab and Shift+Tab, and to a pane by its number', () => {
    const panes = panelsFor(sweep).map(({ id }) => id);
    expect(after(['tab']).ui.focus).toBe(panes[1]);
    expect(after(panes.map(() => 'tab')).ui.focus).toBe(panes[0]);
    expect(after(['shift-tab']).ui.focus).toBe(panes.at(-1));
    expect(after(['3']).ui.focus).toBe(panes[2]);
    expect(after(['9']).ui.focus).toBe(panes[0]);
    expect(after(['2'], training).ui.focus).toBe(panelsFor(training)[1].id);
  });

  it('opens a pane by Enter and goes back by Esc, one thing at a time', () => {
    const opened = after(['2', 'enter', '/', 'r', 'enter']).ui;
    expect(opened).toMatchObject({ isOpen: true, filter: 'r', isTypingFilter: false });
    const back = (keys: string[]) => after(keys, sweep, opened).ui;
    expect(back(['escape'])).toMatchObject({ isOpen: true, filter: '' });
    expect(back(['escape', 'escape'])).toMatchObject({ isOpen: false, filter: '' });
  });

  it('types everything but the ends of typing into a filter, q and ? too', () => {
    const typed = after(['/', 'q', '?', 'p', 'backspace', '1']);
    expect(typed.ui).toMatchObject({ filter: 'q?1', isTypingFilter: true, help: null });
    expect(typed.commands).toEqual([]);
    expect(after(['/', 'a', 'escape']).ui).toMatchObject({ filter: '', isTypingFilter: false });
    expect(after(['/', 'a', 'ctrl-c']).commands).toEqual(['quit']);
  });

  it('moves on the map of a sweep by arrows and by hjkl alike', () => {
    for (const [arrow, letter] of [
      ['left', 'h'],
      ['down', 'j'],
      ['up', 'k'],
      ['right', 'l'],
    ]) {
      const start = { focus: 'sweep', cell: 5 } as const;
      const moved = after([arrow], sweep, start).ui;
      expect(moved.cell).not.toBe(5);
      expect(after([letter], sweep, start).ui).toEqual(moved);
    }
  });

  it('shows help by ? everywhere, and by h where h is not left', () => {
    expect(after(['?']).ui.help).toBe(0);
    expect(after(['?'], sweep, { focus: 'sweep' }).ui.help).toBe(0);
    expect(after(['h']).ui.help).toBe(0);
    expect(after(['h'], sweep, { focus: 'sweep', cell: 5 }).ui.help).toBeNull();
    expect(after(['?', 'down', 'page-down', 'up']).ui.help).toBe(10);
    expect(after(['?', 'up']).ui.help).toBe(0);
    expect(after(['?', 'escape']).ui.help).toBeNull();
  });

  it('goes through the scales, the estimates and the axes, and round again', () => {
    expect(after(['y']).ui.scale).toBe('logarithmic');
    expect(after(['y', 'y']).ui.scale).toBe('fourth power');
    expect(after(['y', 'y', 'y']).ui.scale).toBe('linear');
    const start = { focus: 'sweep' } as const;
    expect(after(['e'], sweep, start).ui.map.estimate).toBe(1);
    expect(after(Array(8).fill('e'), sweep, start).ui.map.estimate).toBe(0);
    expect(after(['x'], sweep, start).ui.map).toMatchObject({ across: 1, down: 0 });
    expect(after(['x', 'x'], sweep, start).ui.map).toMatchObject({ across: 0, down: 1 });
  });

  it('goes from cell to cell, stays at the ends, and skips those that the filter hides', () => {
    const start = { focus: 'estimates', cell: 0 } as const;
    expect(after(['right'], sweep, start).ui.cell).toBe(1);
    expect(after(['left'], sweep, start).ui.cell).toBe(0);
    expect(after(Array(50).fill('down'), sweep, start).ui.cell).toBe(sweep.cells.length - 1);
    expect(after(['right'], sweep, { ...start, filter: 'learningRate = 4' }).ui.cell).toBe(3);
    expect(after(['right', 'right'], sweep, { ...start, filter: 'learningRate = 4' }).ui.cell).toBe(7);
  });

  it('follows the cell that grew last, or stays at it', () => {
    expect(after(['f']).ui.cell).toBe(sweep.latest);
    expect(after(['f', 'f']).ui.cell).toBeNull();
  });

  it('scrolls lists, never above their first line', () => {
    expect(after(['down', 'page-down']).ui.scroll).toEqual({ progress: 11 });
    expect(after(['down', 'page-up']).ui.scroll).toEqual({ progress: 0 });
    // The log ends with its newest line: up is back in time.
    expect(after(['up', 'page-up', 'down'], sweep, { focus: 'log' }).ui.scroll).toEqual({ log: 10 });
  });

  it('asks to replay where the order was violated, and nowhere else', () => {
    expect(after(['enter'], violated, { focus: 'order' }).commands).toEqual(['replay']);
    expect(after(['enter'], sweep, { focus: 'order' })).toMatchObject({ commands: [], ui: { isOpen: true } });
    expect(after(['enter'], violated, { focus: 'estimates' }).commands).toEqual([]);
  });

  it('resets what was chosen but the pane', () => {
    const chosen = after(['2', 'enter', 'y', 'right']).ui;
    expect(after(['0'], sweep, chosen).ui).toEqual({
      ...initialUi,
      focus: 'estimates',
      isOpen: true,
      notice: 'view reset',
    });
  });

  it('does nothing at keys that it does not know', () => {
    for (const key of ['z', 'é', 'ctrl-x', 'home', '🙂']) expect(after([key]).ui).toEqual(initialUi);
  });
});

const noKey = new Proxy({}, { get: () => false }) as Key;
const keyWith = (flags: Partial<Key>) => flags as Key;

describe('keyNames', () => {
  it('calls a key by one name', () => {
    expect(keyNames('', keyWith({ upArrow: true }))).toEqual(['up']);
    expect(keyNames('\t', keyWith({ tab: true, shift: true }))).toEqual(['shift-tab']);
    expect(keyNames('c', keyWith({ ctrl: true }))).toEqual(['ctrl-c']);
    expect(keyNames('\r', keyWith({ return: true }))).toEqual(['enter']);
  });

  it('takes keys that come together one by one, and nothing that would act on a terminal', () => {
    expect(keyNames('jjq', noKey)).toEqual(['j', 'j', 'q']);
    expect(keyNames('4\r', noKey)).toEqual(['4', 'enter']);
    expect(keyNames('a\u001b[31m\u202eb', noKey)).toEqual(['a', '[', '3', '1', 'm', 'b']);
  });
});
