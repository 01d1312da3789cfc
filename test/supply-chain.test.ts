import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lockedPackages } from './docs/licences-table.ts';

const text = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const { dependencies, devDependencies, peerDependencies, allowScripts } = JSON.parse(text('package.json'));
const packages = lockedPackages();

/** Licences that ask no more of whoever uses the program than to keep their text. */
const known = [
  '(MIT OR CC0-1.0)',
  '0BSD',
  'Apache-2.0',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT OR Apache-2.0',
  'MPL-2.0',
  'Unlicense',
  // Of the fonts: Bitstream Vera and public domain.
  'SEE LICENSE IN README.md AND LICENSE',
];

describe('what is installed', () => {
  it('runs no script but that of node, which brings Node itself', () => {
    expect(packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ path }) => path)).toEqual([
      'node_modules/node',
    ]);
    expect(allowScripts).toEqual({ node: true });
    // In place of its compiled part msgpackr finds a package that refuses to load.
    const compiled = packages.filter(({ path }) => path.endsWith('/msgpackr-extract'));
    expect(compiled.map(({ name }) => name)).toEqual(['server-only']);
  });

  it('is what was locked: each package has its hash, but for tools of developers on other machines', () => {
    const open = packages.filter(({ integrity }) => integrity === undefined);
    expect(open.filter(({ optional, dev, os }) => !(optional && dev && os !== undefined))).toEqual([]);
    expect(packages.filter(({ resolved }) => resolved !== undefined && !/^https:\/\//.test(resolved))).toEqual([]);
  });

  it('has licences that are known', () => {
    const strange = packages.filter(({ license, dev, optional }) =>
      license === undefined ? !(dev && optional) : !known.includes(license),
    );
    expect(strange.map(({ path, license }) => `${path}: ${license}`)).toEqual([]);
  });

  it('was chosen: README has a reason for every dependency of the program', () => {
    const [, house] = text('README.md').split('## The house');
    const reasons = house.split('\n').flatMap((line) => /^\| ([^|]+) \| [^|]+ \|$/.exec(line)?.[1] ?? []);
    const named = reasons.join(', ').split(/, | \+ | \((?:development|optional)\)/);
    const isNamed = (name: string) => named.includes(name);
    expect(
      Object.keys({ ...dependencies, ...peerDependencies }).filter((name) => !isNamed(name) && name !== 'vitest'),
    ).toEqual([]);
    const tools = /^(@types\/|@biomejs|typescript$|vitest$|knip$|node$)/;
    expect(Object.keys(devDependencies).filter((name) => !isNamed(name) && !tools.test(name))).toEqual([]);
  });
});
