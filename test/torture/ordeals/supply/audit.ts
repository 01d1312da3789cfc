import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Ordeal } from '../../ordeal.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** What `npm audit --json` says: counts, or why it has none. */
interface Audit {
  readonly metadata?: {
    readonly vulnerabilities: Readonly<Record<string, number>>;
    readonly dependencies: { readonly total: number };
  };
  readonly message?: string;
}

/** Asks the registry for what is known to be wrong with the packages of the lockfile. */
export const audit: Ordeal = {
  name: 'audit',
  isLongOnly: true,
  promise: 'no package of the lockfile has a known vulnerability',
  async missing() {
    const { metadata, message } = await ask();
    return metadata === undefined ? `the registry answers no audits here: ${message}` : null;
  },
  async endure() {
    const { vulnerabilities, dependencies } = (await ask()).metadata!;
    if (vulnerabilities.total > 0)
      throw new Error(`npm audit: ${JSON.stringify(vulnerabilities)}; npm audit names them`);
    return { packages: dependencies.total, vulnerabilities: vulnerabilities.total };
  },
};

async function ask(): Promise<Audit> {
  // It ends with code 1 where it has found something, or cannot ask.
  const { stdout } = await promisify(execFile)('npm', ['audit', '--json'], { cwd: root }).catch((error) => error);
  return JSON.parse(stdout);
}
