import { readFileSync } from 'node:fs';
import { code, table } from './markdown.ts';

const lockfile = new URL('../../package-lock.json', import.meta.url);

/** What the lockfile says of a package. */
export interface LockedPackage {
  /** Its path in node_modules. */
  readonly path: string;
  readonly name?: string;
  readonly version: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly peer?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly hasInstallScript?: boolean;
}

/** Every package of the lockfile but the project itself. */
export function lockedPackages(): LockedPackage[] {
  const { packages } = JSON.parse(readFileSync(lockfile, 'utf8')) as {
    packages: Record<string, Omit<LockedPackage, 'path'>>;
  };
  return Object.entries(packages).flatMap(([path, locked]) => (path === '' ? [] : [{ path, ...locked }]));
}

/** The packages that come with the program, by their licences. */
export function licencesTable(): string {
  const byLicence = Map.groupBy(lockedPackages().filter(isShipped), ({ license }) => license ?? 'none stated');
  const rows = [...byLicence]
    .map(([licence, packages]) => [licence, namesOf(packages)] as const)
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([licence, names]) => [licence, String(names.length), names.map(code).join(', ')]);
  return `\n${table(['licence', 'packages', ''], rows)}\n`;
}

/** Whether a package is there when the program is installed, without what only its developers need. Builds for a machine go without saying. */
function isShipped({ dev, devOptional, peer, os }: LockedPackage): boolean {
  return dev !== true && devOptional !== true && peer !== true && os === undefined;
}

function namesOf(packages: readonly LockedPackage[]): string[] {
  const names = packages.map(({ path, name }) => name ?? path.replace(/^.*node_modules\//, ''));
  return [...new Set(names)].toSorted();
}
