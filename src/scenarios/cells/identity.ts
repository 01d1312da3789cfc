import type { Json } from '../../random/canonical-json.ts';
import type { CoupledFields } from '../coupled-schema.ts';
import type { Resources } from './resources.ts';

/**
 * Everything that decides the numbers of a scenario: its fields with the defaults filled in (swept ones as in the
 * first cell) and its sweep. Files stand as the SHA-256 of their bytes; name, description, expectations and paths are left out.
 */
export function scenarioIdentity(fields: CoupledFields, { table, trace, upperTrace }: Resources): Json {
  const { name: _name, description: _description, expect: _expect, popularity, gain, ...rest } = fields;
  const identity = {
    ...rest,
    popularity: table === null ? popularity : { ...table.popularity, items: table.items, sha256: table.sha256 },
    gain: gain.model === 'trace' ? traceIdentity(gain, trace?.sha256, upperTrace?.sha256) : gain,
  };
  // Through JSON, which leaves out what is undefined.
  return JSON.parse(JSON.stringify(identity));
}

function traceIdentity(
  { file: _file, upperFile: _upperFile, ...gain }: Extract<CoupledFields['gain'], { model: 'trace' }>,
  sha256: string | undefined,
  upperSha256: string | undefined,
) {
  return { ...gain, sha256, upperSha256 };
}
