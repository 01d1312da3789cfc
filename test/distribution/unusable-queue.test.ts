import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseQueueAddress } from '../../src/distribution/queue/queue-address.ts';
import { QueueError } from '../../src/distribution/queue/queue-error.ts';
import { temporaryFolder } from '../cli/command.ts';
import { freePort } from './redis-server.ts';
import { command, start } from './source-process.ts';

const secret = 'open-sesame';

describe('a queue that cannot be used', () => {
  it('says where it looked for a server, and gives up', async () => {
    const port = await freePort();
    const queue = `redis://user:${secret}@127.0.0.1:${port}/3`;
    const commands = [['worker'], ['run', 'toy-steps', '--out', temporaryFolder()]];
    const ends = await Promise.all(commands.map((words) => start(command, words, { NORM_GROWTH_QUEUE: queue }).end));
    for (const { code, text } of ends) {
      expect(code).toBe(2);
      expect(text).toContain(
        `the queue at 127.0.0.1:${port}/3 cannot be reached (ECONNREFUSED); is redis-server running`,
      );
      expect(text).not.toContain(secret);
    }
  });

  it('is not held by a server that is too old', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      // The same for every command: each is an array of words, which begins with their number.
      socket.on('data', (data) => {
        for (const _ of data.toString().matchAll(/^\*\d/gm)) socket.write("-ERR unknown command 'HELLO'\r\n");
      });
    });
    onTestFinished(() => void server.close());
    const port = await freePort();
    server.listen(port, '127.0.0.1');
    const queue = { NORM_GROWTH_QUEUE: `redis://127.0.0.1:${port}` };
    const commands = [['worker'], ['run', 'toy-steps', '--out', temporaryFolder()]];
    const ends = await Promise.all(commands.map((words) => start(command, words, queue).end));
    const refusal = `expected Redis 7 or newer, got "ERR unknown command 'HELLO'"; choose a newer server`;
    for (const { code, text } of ends) {
      expect([code, text]).toEqual([2, `norm-growth: the queue at 127.0.0.1:${port}/0 — ${refusal}\n`]);
    }
  });

  it.each([
    ['experiments/01-embedding', [], /--queue .*expected a scenario of coupled pairs, got .*of kind train/],
    ['toy-steps', ['--shard', '1/2'], /--queue .*got --shard as well/],
    ['toy-steps', ['--workers', '2'], /--queue .*got --workers as well/],
  ])('is refused for run %s %s', async (scenario, more, message) => {
    const words = ['run', scenario, ...more, '--queue', `redis://:${secret}@127.0.0.1:1/0`];
    const { code, text } = await start(command, words, {}, temporaryFolder()).end;
    expect(code).toBe(2);
    expect(text).toMatch(message);
    expect(text).not.toContain(secret);
  });

  it.each([
    ['', 'nothing'],
    ['localhost', 'localhost'],
    ['localhost:6379', 'localhost:6379'],
    ['127.0.0.1:6379/0', '127.0.0.1:6379/0'],
    ['http://h/0', 'http://h/0'],
    ['redis://h/one', 'redis://h/one'],
    ['redis:///0', 'redis:///0'],
    [`redis://:${secret}@h:port/0`, 'redis://***@h:***/0'],
    [`redis://me:${secret}/@${secret}@h/one`, 'redis://***@h/one'],
    [`me:${secret}@h`, '***@h'],
    [`redis://:${secret}`, 'redis://:***'],
    ['redis://:1234', 'redis://:***'],
    [`h:${secret}:6379`, 'h:***'],
    [`http://h/0?password=${secret}`, 'http://h/0?***'],
    ['redis://h\u001b[2J/one', 'redis://h\\u{1b}[2J/one'],
  ])('has not the address %j, which is shown without secrets', (text, shown) => {
    const expected = 'redis://host:port/db, or rediss:// with TLS, such as redis://127.0.0.1:6379/0';
    expect(() => parseQueueAddress(text)).toThrow(new QueueError(`--queue — expected ${expected}, got ${shown}`));
  });

  it('says nothing of a name or password whose % cannot be read', () => {
    expect(() => parseQueueAddress(`redis://:${secret}%@h`)).toThrow(
      /^--queue — expected redis:[^%]*; write % .* as %25$/,
    );
  });

  it('is refused for its address before anything is made', async () => {
    const folder = temporaryFolder();
    const { code, text } = await start(command, ['run', 'toy-steps', '--queue', 'localhost'], {}, folder).end;
    expect([code, readdirSync(folder)]).toEqual([2, []]);
    expect(text).toContain('got localhost');
  });

  it('has an address with a user, a password, a database and TLS', () => {
    const { options, shown } = parseQueueAddress('rediss://me:a%2Fb@[::1]:7000/2');
    expect(options).toEqual({ host: '::1', port: 7000, db: 2, username: 'me', password: 'a/b', tls: {} });
    expect(shown).toBe('[::1]:7000/2');
    expect(parseQueueAddress('redis://h').options).toEqual({ host: 'h', port: 6379, db: 0 });
  });
});
