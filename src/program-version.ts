import { readFileSync } from 'node:fs';
import { packageFile } from './package-files.ts';

/** The version in package.json: part of a run's identity. */
export function programVersion(): string {
  return (JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string }).version;
}
