import { readFileSync } from 'node:fs';

/** The version in package.json: part of a run's identity. */
export function programVersion(): string {
  const packageFile = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }).version;
}
