import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isRunning } from '../../src/results/is-running.ts';

const at = (milliseconds: number) => new Date(milliseconds).toISOString();

it('knows a process that has ended, and one that is there', async () => {
  const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
  expect(isRunning(child.pid!, at(Date.now() + 1000))).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isRunning(child.pid!, at(Date.now()))).toBe(false);
});

it('is not taken in by a later process that has its number', { skip: !existsSync('/proc/self/stat') }, () => {
  const began = Date.now() - process.uptime() * 1000;
  expect(isRunning(process.pid, at(began))).toBe(true);
  expect(isRunning(process.pid, at(began - 20_000))).toBe(false);
});
