import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, hasRedis, startRedis } from '../../../distribution/redis-server.ts';
import { builtCommand, startProcess } from '../../../started-process.ts';
import type { Ordeal } from '../../ordeal.ts';

/** Has to be percent-encoded in an address. */
const password = 'Zk7/open sesame:9@x%';

/** Runs and workers at servers that take, refuse and do not hear the password; every byte they leave is looked through. */
export const queueSecrets: Ordeal = {
  name: 'queue-secrets',
  promise: 'the password of a queue is in no output, no run folder, no process title, whatever goes wrong',
  missing: async () => (hasRedis ? null : 'redis-server is not installed'),
  async endure({ isBounded, folder }) {
    const redis = await startRedis({ requirepass: password });
    const at = (word: string, port: number, rest = '0') =>
      `redis://:${encodeURIComponent(word)}@127.0.0.1:${port}/${rest}`;
    const addresses = [
      at(password, redis.port, '99'),
      at(`${password}wrong`, redis.port),
      ...(isBounded
        ? []
        : [
            at(password, await freePort()),
            `${at(password, redis.port)}x`,
            `redis://me:${password}@127.0.0.1:${redis.port}/0`,
          ]),
    ];
    let bytes = 0;
    const look = (text: string, where: string) => {
      bytes += text.length;
      const found = secretsOf(password).find((secret) => text.includes(secret));
      if (found !== undefined) throw new Error(`${where} tells the password as ${found}: ${text.slice(0, 2000)}`);
    };
    try {
      const words = ['run', 'toy-steps', '--replicates', '50', '--no-tui', '--out', 'results'];
      const sound = { NORM_GROWTH_QUEUE: at(password, redis.port) };
      const worker = started(['worker', '--workers', '1'], folder, sound);
      const run = started(words, folder, sound);
      const { code, text } = await run.end;
      if (code !== 0) throw new Error(`a run by the queue ended with exit code ${code}: ${text}`);
      // A word of the command line can be seen by everybody on the machine; the environment cannot.
      look(readFileSync(`/proc/${worker.child.pid}/cmdline`, 'utf8'), 'the process title');
      worker.child.kill('SIGTERM');
      for (const told of [text, (await worker.end).text]) look(told, 'output');
      for (const file of filesUnder(join(folder, 'results'))) look(readFileSync(file, 'latin1'), file);
      let refused = 0;
      for (const address of addresses) {
        for (const more of [['worker'], words]) {
          const ended = await started([...more, ...(more === words ? ['--fresh'] : [])], folder, {
            NORM_GROWTH_QUEUE: address,
          }).end;
          if (ended.code !== 2 || /\n {4}at /.test(ended.text))
            throw new Error(`${more[0]}: exit code ${ended.code}: ${ended.text}`);
          look(ended.text, `norm-growth ${more[0]}`);
          refused += 1;
        }
      }
      return { 'bytes looked through': bytes, 'addresses refused': refused };
    } finally {
      redis.stop();
    }
  },
};

/** The ways in which it could be written. */
function secretsOf(word: string): string[] {
  const plain = [word, encodeURIComponent(word), encodeURI(word), JSON.stringify(word).slice(1, -1)];
  return [
    ...plain,
    ...plain.map((text) => Buffer.from(text).toString('base64').replace(/=+$/, '')),
    'open sesame',
    'open%20sesame',
  ];
}

function started(words: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  const { child, ended } = startProcess(process.execPath, [builtCommand, ...words], {
    cwd,
    env,
    timeout: 120_000,
    killSignal: 'SIGKILL',
  });
  return { child, end: ended.then(({ code, stdout, stderr }) => ({ code, text: stdout + stderr })) };
}

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) throw new Error(`${folder} is missing`);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return names.filter((name) => statSync(name).isFile());
}
