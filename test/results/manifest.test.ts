import { describe, expect, it } from 'vitest';
import { prettyJson } from '../../src/random/canonical-json.ts';
import {
  compareManifests,
  formatVersion,
  type Manifest,
  parseManifest,
  refuseToResume,
} from '../../src/results/manifest.ts';
import { ResultsError } from '../../src/results/results-error.ts';
import { sampleProvenance } from './fixtures/sample-run.ts';

const manifest: Manifest = {
  formatVersion,
  id: '0123456789ab',
  scenario: 'sample',
  seed: 1,
  words: null,
  plan: { cells: [{ p: 0.1 }] },
  provenance: sampleProvenance,
  created: '2026-01-01T00:00:00.000Z',
};

describe('parseManifest', () => {
  it('reads back what was written', () => {
    expect(parseManifest(prettyJson(manifest), 'run/manifest.json')).toEqual(manifest);
  });

  it('refuses a newer format by its number', () => {
    const text = prettyJson({ formatVersion: formatVersion + 1, shape: 'unknown' });
    expect(() => parseManifest(text, 'run/manifest.json')).toThrow(ResultsError);
    expect(() => parseManifest(text, 'run/manifest.json')).toThrow(
      'run/manifest.json: has format version 3, this program knows 2: install a newer norm-growth',
    );
  });

  it('refuses damaged JSON without repeating it', () => {
    expect(() => parseManifest('{"\u001b[2J', 'run/manifest.json')).toThrow(
      'run/manifest.json: is damaged, it is not JSON; restore the file, or run with --fresh',
    );
  });

  it.each(['null', '[]', '"text"', '{}', '{"formatVersion":0}', '{"formatVersion":1.5}'])('refuses %s', (text) => {
    expect(() => parseManifest(text, 'run/manifest.json')).toThrow('is not the manifest of a run');
  });

  it.each(['id', 'scenario', 'seed', 'plan', 'created', 'provenance'] as const)('refuses one without %s', (name) => {
    const { [name]: _left, ...rest } = manifest;
    expect(() => parseManifest(JSON.stringify(rest), 'run/manifest.json')).toThrow('is not the manifest of a run');
  });
});

const provenance = (changes: Partial<Manifest['provenance']>): Partial<Manifest> => ({
  provenance: { ...sampleProvenance, ...changes },
});

describe('compareManifests', () => {
  it.each<[string, Partial<Manifest>]>([
    ['formatVersion', { formatVersion: 3 }],
    ['id', { id: 'ba9876543210' }],
    ['scenario', { scenario: 'other' }],
    ['seed', { seed: '1' }],
    ['plan.cells.0.p', { plan: { cells: [{ p: 0.2 }] } }],
  ])('finds %s in the design', (path, changes) => {
    const { design, program } = compareManifests(manifest, { ...manifest, ...changes });
    expect([design.map((difference) => difference.path), program]).toEqual([[path], []]);
  });

  it.each<[string, Partial<Manifest>]>([
    ['provenance.normGrowth', provenance({ normGrowth: '0.1.1' })],
    ['provenance.node', provenance({ node: '25.0.0' })],
    ['provenance.v8', provenance({ v8: '13.6.233.18' })],
    ['provenance.arch', provenance({ arch: 'arm64' })],
    ['provenance.codeFingerprint', provenance({ codeFingerprint: 'd' })],
    ['provenance.numericFingerprint', provenance({ numericFingerprint: 'e' })],
  ])('finds %s in the program', (path, changes) => {
    const { design, program } = compareManifests(manifest, { ...manifest, ...changes });
    expect([design, program.map((difference) => difference.path)]).toEqual([[], [path]]);
  });

  it.each<[string, Partial<Manifest>]>([
    ['the time', { created: '2027-01-01T00:00:00.000Z' }],
    ['the minor version of Node', provenance({ node: '24.22.1' })],
    ['the commit', provenance({ git: { commit: 'b', isDirty: true } })],
    ['no commit', provenance({ git: null })],
    ['the machine', provenance({ machine: { cpu: 'another', cores: 64, memoryBytes: 1 }, platform: 'darwin' })],
  ])('lets %s change', (_what, changes) => {
    expect(compareManifests(manifest, { ...manifest, ...changes })).toEqual({ design: [], program: [] });
  });
});

describe('refuseToResume', () => {
  it('lets equal manifests pass', () => {
    expect(() => refuseToResume(compareManifests(manifest, manifest), 'run')).not.toThrow();
  });

  it('names the folder, the first field, both values, how many more, and the remedy', () => {
    const other = { ...manifest, seed: 2, ...provenance({ arch: 'arm64' }) };
    expect(() => refuseToResume(compareManifests(manifest, other), 'run')).toThrow(
      'run: cannot resume: seed was 1 when the run began and is 2 now (and 1 more); run with --fresh to start a new folder',
    );
  });
});
