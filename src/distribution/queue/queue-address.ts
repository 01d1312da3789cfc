import { visibleText } from '../../scenarios/visible-text.ts';
import { QueueError } from './queue-error.ts';

/** Where a queue is. */
export interface QueueAddress {
  readonly options: ServerOptions;
  /** What people are told: host, port and database, and no password. */
  readonly shown: string;
}

/** What a Redis client is given to find its server. */
export interface ServerOptions {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
  readonly tls?: object;
}

const form = 'redis://host:port/db, or rediss:// with TLS, such as redis://127.0.0.1:6379/0';

/**
 * Reads the address of a queue: `redis://user:password@host:port/db`, of which only the host is needed.
 *
 * @throws {QueueError} for anything else; the message hides what may be a name or a password
 */
export function parseQueueAddress(text: string): QueueAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  const [, db] = /^\/?(\d{0,5})$/.exec(url?.pathname ?? '') ?? [];
  const isSound =
    url !== null && ['redis:', 'rediss:'].includes(url.protocol) && url.hostname !== '' && db !== undefined;
  if (!isSound) throw new QueueError(`--queue — expected ${form}, got ${hidden(text)}`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? 6379 : Number(url.port);
  return {
    options: {
      host,
      port,
      db: Number(db),
      ...(url.username === '' ? {} : { username: decoded(url.username) }),
      ...(url.password === '' ? {} : { password: decoded(url.password) }),
      ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
    },
    shown: `${visibleText(url.hostname)}:${port}/${Number(db)}`,
  };
}

/** An address that is none, without what may be secret in it: all before an @, what is no port where one may stand, and all after a ?. */
function hidden(text: string): string {
  if (text.trim() === '') return 'nothing';
  const [, scheme = '', rest] = /^(\w[\w+.-]*:\/\/)?(.*)$/s.exec(text)!;
  const shown = rest
    .replace(/^.*@/s, '***@')
    .replace(/[?#].*$/s, '?***')
    .replace(/^:.*$/s, ':***')
    .replace(/:(?!\d{0,5}(?:[:/?]|$))[^/?]*/g, ':***');
  return visibleText(`${scheme}${shown}`);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new QueueError(`--queue — expected ${form}; write % in a name or password as %25`);
  }
}
