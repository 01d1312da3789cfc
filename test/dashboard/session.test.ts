import { describe, expect, it } from 'vitest';
import { Session, type SessionMeans } from '../../src/dashboard/session.ts';
import { constantSample, sweepSample, violatedSample } from './samples.ts';

const sweep = await sweepSample();
const violated = await violatedSample();

/** A session and what it asked others for. */
function opened(snapshot = sweep, changes: Partial<SessionMeans> = {}) {
  const asked: string[] = [];
  const session = new Session(snapshot, {
    judge: () => [],
    quit: () => asked.push('quit'),
    pauseRun: (isPaused) => asked.push(isPaused ? 'pause' : 'go on'),
    screen: () => ({ width: 80, height: 24 }),
    copy: (text) => asked.push(`copy ${text}`),
    saveScreen: () => 'saved here',
    ...changes,
  });
  return { session, asked };
}

const press = (session: Session, ...keys: string[]) => {
  for (const key of keys) session.press(key);
};

describe('a session', () => {
  it('shows what was seen once it is folded', () => {
    const { session } = opened();
    session.see({ atMs: 5000, log: { level: 'info', text: 'hello' } });
    expect(session.hasNews).toBe(true);
    expect(session.shown.log).toHaveLength(2);
    session.fold(5000);
    expect([session.hasNews, session.shown.log.at(-1)?.text]).toEqual([false, 'hello']);
  });

  it('holds the view at u while the run goes on, and catches up at the next u', () => {
    const { session } = opened();
    press(session, 'u');
    session.see({ atMs: 5000, log: { level: 'info', text: 'hello' } });
    session.fold(5000);
    expect(session.shown.log).toHaveLength(2);
    press(session, 'tab', '2');
    expect(session.shown.log).toHaveLength(2);
    press(session, 'u');
    expect(session.shown.log).toHaveLength(3);
  });

  it('pauses a running run and lets a paused one go on', () => {
    const { session, asked } = opened();
    press(session, 'p');
    session.see({ atMs: 1, state: 'paused' });
    session.fold(1);
    press(session, 'p');
    expect(asked).toEqual(['pause', 'go on']);
  });

  it('says why it does not pause a run that is over, or another process’s', () => {
    const other = opened(sweep, { pauseRun: null }).session;
    press(other, 'p');
    expect(other.ui.notice).toContain('another process');
    const { session, asked } = opened();
    session.see({ atMs: 1, state: 'finished' });
    session.fold(1);
    press(session, 'p');
    expect([session.ui.notice, asked]).toEqual(['the run is finished', []]);
  });

  it('copies the line that replays the first violation of the cell in sight', () => {
    const { session, asked } = opened(violated);
    press(session, 'c');
    const { merged } = violated.cells[0];
    const pair = (merged as { order: { firstViolation: { replicate: number } } }).order.firstViolation.replicate;
    const line = `norm-growth replay results/own-gains--0123456789ab --cell 0 --pair ${pair}`;
    expect(asked).toEqual([`copy ${line}`]);
    expect(session.ui.notice).toBe(`copied: ${line}`);
    press(session, 'y');
    expect(session.ui.notice).toBeNull();
  });

  it('quotes a folder that a shell would take apart, and copies nothing where there is none', () => {
    const named = (folder: string | null) => ({ ...violated, facts: { ...violated.facts, folder } });
    const odd = opened(named("it's; rm -rf"));
    press(odd.session, 'c');
    expect(odd.asked[0]).toContain(String.raw`'it'\''s; rm -rf'`);
    const none = opened(named(null));
    press(none.session, 'c');
    expect([none.asked, none.session.ui.notice]).toEqual([[], 'there is no run folder to replay from']);
  });

  it('tells where a screen was saved', () => {
    const { session } = opened();
    press(session, 's');
    expect(session.ui.notice).toBe('saved here');
  });

  it('replays the first violation in place: the same step breaks the order again', () => {
    const { session } = opened(violated);
    const pane = 4;
    press(session, String(pane), 'enter');
    const { replay, isOpen } = session.ui;
    const { firstViolation } = (violated.cells[0].merged as { order: { firstViolation: object } }).order;
    expect(isOpen).toBe(true);
    expect(replay).toMatchObject({ cell: 0, replicate: (firstViolation as { replicate: number }).replicate });
    expect(replay?.replay.order.firstViolation).toEqual(firstViolation);
    press(session, 'escape');
    expect(session.ui.replay).toBeNull();
  });

  it('scrolls no pane beyond its end, so that the key back moves at once', () => {
    const { session } = opened();
    press(session, ...Array.from({ length: 50 }, () => 'page-down'));
    const most = session.ui.scroll.progress!;
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(sweep.cells.length);
    press(session, 'up');
    expect(session.ui.scroll.progress).toBe(most - 1);
  });

  it('knows whether anybody has pressed a key', async () => {
    const { session } = opened(await constantSample(3));
    expect(session.isTouched).toBe(false);
    press(session, 'z');
    expect(session.isTouched).toBe(true);
  });
});
