import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Terminal } from './terminal.ts';

// Long enough that no test sees its end.
const endless = ['run', 'own-gains', '--replicates', '1000000000'];
const sweep = ['--sweep', 'learningRate=log:0.1:100:4', '--sweep', 'popularity.upper=0.011,0.02'];

/** The pane that has the keys, by its title. */
const focusOf = (screen: string) => /━ (\d \w+) ━/.exec(screen)?.[1];

describe('the dashboard on a real terminal', { timeout: 300_000 }, () => {
  it('obeys every key, and leaves the screen as it was', async () => {
    const terminal = new Terminal(120, 40);
    terminal.type('echo here before');
    await terminal.until('here before\n');
    terminal.run(...endless, ...sweep);
    const first = await terminal.until(/running +\d+ %/);
    expect(focusOf(first)).toBe('1 Progress');
    expect(first).not.toContain('here before');
    // The last line is free: a frame as tall as the screen would flicker.
    expect(first.split('\n')[39]).toBe('');

    for (const [key, pane] of [
      ['Tab', '2 Estimates'],
      ['Tab', '3 Trajectories'],
      ['BTab', '2 Estimates'],
      ['4', '4 Order'],
      ['5', '5 Sweep'],
      ['6', '6 Claims'],
      ['7', '7 Log'],
      ['3', '3 Trajectories'],
    ]) {
      terminal.press(key);
      await terminal.until((screen) => focusOf(screen) === pane);
    }
    await terminal.until(/pairs · cell \d/);
    terminal.press('Enter');
    await terminal.until((screen) => screen.includes('linear axis') && !screen.includes('1 Progress'));
    terminal.press('y');
    await terminal.until('logarithmic axis');
    terminal.press('y');
    await terminal.until('fourth power axis');
    terminal.press('0');
    await terminal.until('view reset');
    await terminal.until('linear axis');
    terminal.press('Escape');
    await terminal.until('1 Progress');

    terminal.press('?');
    await terminal.until('next and previous pane');
    terminal.press('Escape');
    await terminal.until('1 Progress');
    terminal.press('h');
    await terminal.until('next and previous pane');
    terminal.press('h');
    await terminal.until('1 Progress');

    terminal.press('/');
    terminal.press(...'upper = 0.02');
    await terminal.until('/upper = 0.02');
    terminal.press('Enter');
    await terminal.until('filter: upper = 0.02');
    terminal.press('Escape');
    await terminal.until((screen) => !screen.includes('filter:'));

    terminal.press('5', 'Enter');
    await terminal.until(/5 Sweep[\s\S]*cell 0/);
    for (const [key, cell] of [
      ['Right', 2],
      ['Down', 3],
      ['Left', 1],
      ['Up', 0],
      ['l', 2],
      ['j', 3],
      ['h', 1],
      ['k', 0],
    ] as const) {
      terminal.press(key);
      await terminal.until(`cell ${cell}: `);
    }
    const map = await terminal.until('learningRate');
    terminal.press('e');
    await terminal.until((screen) => screen.split('\n')[2] !== map.split('\n')[2]);
    terminal.press('x');
    await terminal.until(/→ popularity.upper +↓ learningRate/);
    terminal.press('Escape', '1');

    terminal.press('u');
    await terminal.until('VIEW PAUSED');
    terminal.press('u');
    await terminal.until((screen) => !screen.includes('VIEW PAUSED'));
    terminal.press('p');
    await terminal.until(/ paused +\d+ %/);
    terminal.press('p');
    await terminal.until(/ running +\d+ %/);

    terminal.press('4', 'Enter');
    await terminal.until(/▶/);
    terminal.press('Escape');
    await terminal.until((screen) => !screen.includes('▶'));
    terminal.press('Escape');
    await terminal.until('1 Progress');
    terminal.press('c');
    await terminal.until(/copied: norm-growth replay results\/own-gains--[0-9a-f]{12} --cell \d+ --pair \d+/);
    terminal.press('PageDown', 'PageUp', 'f');
    terminal.press('s');
    await terminal.until('saved own-gains-screen-1.svg');
    const saved = readdirSync(terminal.folder).filter((name) => name.startsWith('own-gains-screen'));
    expect(saved.sort()).toEqual(['own-gains-screen-1.svg', 'own-gains-screen-1.txt']);
    expect(readFileSync(join(terminal.folder, 'own-gains-screen-1.svg'), 'utf8')).toContain('Progress');
    expect(readFileSync(join(terminal.folder, 'own-gains-screen-1.txt'), 'utf8')).toContain(' norm-growth  own-gains');

    terminal.resize(60, 18);
    await terminal.until('needs 80 columns and 24 lines');
    terminal.resize(80, 24);
    const narrow = await terminal.until(/running +\d+ %/);
    expect(narrow.split('\n')[23]).toBe('');
    terminal.resize(200, 60);
    await terminal.until(/1 Progress.*Trajectories|1 Progress[^\n]*\d \w+ [─━][^\n]*\d \w+ [─━]/);

    terminal.press('q');
    const left = await terminal.until('ended with 130');
    expect(left).toContain('here before');
    expect(left).toContain('interrupted; what is done is kept in');
    expect(left).not.toContain('1 Progress');
  });

  it('closes by itself when nobody has pressed a key, and prints the summary', async () => {
    const terminal = new Terminal(100, 60);
    terminal.run('run', 'coupled-pair', '--replicates', '20000');
    const end = await terminal.until('ended with 0');
    expect(end).toContain('✓ order s″ ≥ s′ kept after every step of all 20,000 pairs');
    expect(end).not.toContain('1 Progress');
  });

  it('stays when somebody has looked, finished, until q', async () => {
    const terminal = new Terminal(80, 24);
    terminal.run('run', 'coupled-pair', '--replicates', '6000000');
    await terminal.until(/running +\d+ %/);
    terminal.press('Tab');
    await terminal.until('finished  100 %');
    // Its summary is there already: whatever happens now, nothing is lost.
    const [run] = readdirSync(join(terminal.folder, 'results'));
    expect(readdirSync(join(terminal.folder, 'results', run))).toContain('summary.json');
    terminal.press('q');
    await terminal.until('ended with 0');
  });

  it('watches the run of another process to its end', async () => {
    const worker = new Terminal(80, 24);
    worker.run('run', 'coupled-pair', '--replicates', '6000000');
    await worker.until(/running +\d+ %/);
    // Held, so that it is not over before anybody has looked.
    worker.press('p');
    await worker.until(/ paused +\d+ %/);
    const [run] = readdirSync(join(worker.folder, 'results'));
    const watcher = new Terminal(120, 40);
    watcher.run('watch', join(worker.folder, 'results', run));
    await watcher.until('running after');
    watcher.press('p');
    await watcher.until('another process');
    worker.press('p');
    await worker.until('finished  100 %');
    await watcher.until('finished  100 %');
    watcher.press('7');
    await watcher.until('is writing to this folder');
    watcher.press('q');
    await watcher.until('order s″ ≥ s′ kept after every step of all 6,000,000 pairs');
    await watcher.until('ended with 0');
  });

  it('leaves a run that it watches going on', async () => {
    const worker = new Terminal(80, 24);
    worker.run(...endless, '--no-tui');
    await worker.until('pair-steps/s');
    const [run] = readdirSync(join(worker.folder, 'results'));
    const watcher = new Terminal(120, 40);
    watcher.run('watch', join(worker.folder, 'results', run));
    await watcher.until('running after');
    watcher.press('C-c');
    await watcher.until('ended with 130');
    expect(worker.screen()).not.toMatch(/ended with \d/);
    worker.press('C-c');
    await worker.until('ended with 130');
  });

  it('gives the screen back when the program crashes, and prints the error', async () => {
    const terminal = new Terminal(100, 30);
    const crash = fileURLToPath(new URL('fixtures/crash-later.mjs', import.meta.url));
    terminal.type(`export NODE_OPTIONS='--import ${crash}'`);
    terminal.type('echo here before');
    await terminal.until('here before\n');
    terminal.run(...endless, '--workers', '0');
    await terminal.until(/running +\d+ %/);
    const end = await terminal.until(/ended with [1-9]/);
    expect(end).toContain('here before');
    expect(end).toContain('crash on purpose');
  });

  it('uses no colour where none is wanted, and 256 where there are', async () => {
    const colours = /\[[\d;]*(?:3[0-7]|38;5;\d+|4[0-7]|48;5;\d+)m/;
    const plain = new Terminal(120, 40);
    plain.type('export NO_COLOR=1');
    plain.run(...endless, ...sweep);
    await plain.until(/cell 0/);
    expect(plain.screen({ coloured: true })).not.toMatch(colours);
    plain.press('q');
    await plain.until('ended with 130');
    const coloured = new Terminal(120, 40);
    coloured.run(...endless, ...sweep);
    await coloured.until(/cell 0/);
    expect(coloured.screen({ coloured: true })).toMatch(colours);
  });

  it('shows nothing of foreign text as it is', async () => {
    const terminal = new Terminal(120, 40);
    const hostile = 'bad\u001b]0;owned\u0007\u202ename.csv';
    writeFileSync(join(terminal.folder, hostile), 'user,item\nu1,a\nu1,b\nu2,a\nu3,a\n');
    const scenario = [
      'kind: coupled',
      'name: foreign',
      `popularity: {data: ${JSON.stringify(hostile)}, items: [b, a]}`,
      'batchSize: 16',
      'steps: 1000',
      'gain: {model: lognormal, sharing: own, sigma: 1, rho: 0}',
      'replicates: 1000000000',
      '',
    ].join('\n');
    writeFileSync(join(terminal.folder, 'foreign.yaml'), scenario);
    terminal.run('run', 'foreign.yaml');
    await terminal.until(/running +\d+ %/);
    terminal.press('6', 'Enter');
    const screen = await terminal.until(String.raw`bad\u{1b}]0;owned\u{7}\u{202e}name.csv`);
    expect(screen).not.toContain('\u202e');
    terminal.press('q');
    await terminal.until('ended with 130');
  });
});
