import { canonicalJson, type Json } from '../random/canonical-json.ts';
import { type Difference, describeDifference, differences } from './difference.ts';
import type { Provenance } from './provenance.ts';
import { freshRemedy, ResultsError } from './results-error.ts';
import { visibleJson } from './visible-json.ts';

/** The version of the run folder's format that this program reads and writes. */
export const formatVersion = 2;

/** What a run is, written before its first block and never changed. */
export interface Manifest {
  readonly formatVersion: number;
  /** The first 12 digits of the identity's hash, as in the folder's name. */
  readonly id: string;
  /** The scenario's name, as in the folder's name. */
  readonly scenario: string;
  readonly seed: string | number;
  /** The resolved plan, which only the caller understands. */
  readonly plan: Json;
  /** What the caller keeps beside the plan: it decides no number, and is not compared. */
  readonly words: Json;
  readonly provenance: Provenance;
  /** When the folder was made, in UTC. */
  readonly created: string;
}

/** How a stored run differs from the one asked for. */
export interface ManifestDifferences {
  /** In what is computed: the run is another one. */
  readonly design: readonly Difference[];
  /** In what computes it: the numbers may differ in their last digits, or more. */
  readonly program: readonly Difference[];
}

/**
 * Compares all that can change a number. The commit, the machine's name and memory and the time cannot: of the code,
 * its fingerprint counts, so that a dirty tree resumes as long as nobody edits it.
 */
export function compareManifests(stored: Manifest, present: Manifest): ManifestDifferences {
  return {
    design: differences(design(stored), design(present)),
    program: programDifferences(stored.provenance, present.provenance),
  };
}

/** How what computed a stored run differs from what computes another one. */
export function programDifferences(stored: Provenance, present: Provenance): Difference[] {
  return differences({ provenance: computingProgram(stored) }, { provenance: computingProgram(present) });
}

/** @throws {ResultsError} if a run may not be resumed, naming what differs */
export function refuseToResume({ design, program }: ManifestDifferences, folder: string): void {
  const all = [...design, ...program];
  if (all.length === 0) return;
  const others = all.length === 1 ? '' : ` (and ${all.length - 1} more)`;
  throw new ResultsError(`${folder}: cannot resume: ${describeDifference(all[0]!)}${others}; ${freshRemedy}`);
}

/**
 * Reads the text of a manifest. Its texts are made safe to show.
 *
 * @throws {ResultsError} for damaged JSON, a missing field and a format version that this program does not know
 */
export function parseManifest(text: string, path: string): Manifest {
  const value = parseJson(text, path);
  const version = field(value, 'formatVersion');
  if (Number.isInteger(version) && (version as number) > formatVersion) {
    throw new ResultsError(
      `${path}: has format version ${version}, this program knows ${formatVersion}: install a newer norm-growth, or ${freshRemedy}`,
    );
  }
  if (Number.isInteger(version) && (version as number) >= 1 && (version as number) < formatVersion) {
    throw new ResultsError(`${path}: has format version ${version}, of an earlier norm-growth; ${freshRemedy}`);
  }
  const isSound =
    version === formatVersion &&
    ['id', 'scenario', 'created'].every((name) => typeof field(value, name) === 'string') &&
    ['string', 'number'].includes(typeof field(value, 'seed')) &&
    field(value, 'plan') !== undefined &&
    field(value, 'words') !== undefined &&
    isProvenance(field(value, 'provenance'));
  if (!isSound) throw new ResultsError(`${path}: is not the manifest of a run; restore the file, or ${freshRemedy}`);
  return visibleJson(value as Json, text) as unknown as Manifest;
}

/** Whether all is there that is compared or told. */
function isProvenance(value: unknown): boolean {
  const [git, machine] = [field(value, 'git'), field(value, 'machine')];
  return (
    programFields.every((name) => typeof field(value, name) === 'string') &&
    (git === null || (typeof field(git, 'commit') === 'string' && typeof field(git, 'isDirty') === 'boolean')) &&
    typeof field(machine, 'cpu') === 'string' &&
    typeof field(machine, 'cores') === 'number'
  );
}

/**
 * JSON of a run folder's file.
 *
 * @throws {ResultsError} for damaged JSON; the message holds nothing of the text, which may be anything
 */
export function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ResultsError(`${path}: is damaged, it is not JSON; restore the file, or ${freshRemedy}`, {
      cause: error,
    });
  }
}

/** Of a program, all that may change a number. */
export type ComputingProgram = Readonly<Record<(typeof programFields)[number], string>>;

const programFields = ['normGrowth', 'node', 'v8', 'arch', 'numericFingerprint', 'codeFingerprint'] as const;

function design({ formatVersion, id, scenario, seed, plan }: Manifest): Json {
  return { formatVersion, id, scenario, seed, plan: JSON.parse(canonicalJson(plan)) };
}

/** Of Node the major version: what computes is V8, which is compared in full. */
export function computingProgram(provenance: Provenance): ComputingProgram {
  const { normGrowth, node, v8, arch, numericFingerprint, codeFingerprint } = provenance;
  return { normGrowth, node: `v${node.split('.')[0]}`, v8, arch, numericFingerprint, codeFingerprint };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
