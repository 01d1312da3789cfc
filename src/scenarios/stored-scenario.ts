import { z } from 'zod';
import { files, type ScenarioWords } from './coupled-design.ts';
import { coupledFields } from './coupled-fields.ts';
import type { CoupledScenario } from './coupled-scenario.ts';
import { expandCoupled, parseFirstCell, parseSweep } from './expand-coupled.ts';
import { ScenarioDocument, valueAt } from './scenario-document.ts';
import type { Plain } from './yaml/plain.ts';

const share = z.number().min(0).max(1);
const item = z.object({ label: z.string(), interactions: z.number() });
const trace = z.object({ values: z.array(z.number()), sha256: z.string() }).nullable();
const design = z.object({
  fields: z.record(z.string(), z.json()),
  axes: z.array(z.string()),
  table: z
    .object({
      popularity: z.object({ lower: share, upper: share }),
      items: z.object({ lower: item, upper: item, skippedRows: z.number() }),
      sha256: z.string(),
    })
    .nullable(),
  trace,
  upperTrace: trace,
});

/**
 * The scenario that a design was kept of.
 *
 * @param stored of unknown origin
 * @param words as they were kept, of unknown origin too
 * @param source what messages call it
 * @throws {ScenarioError} when it is none, or is not sound
 */
export function scenarioOfDesign(stored: unknown, words: unknown, source: string): CoupledScenario {
  const parsed = design.safeParse(stored);
  const { name = '', description = '', expect = [] } = (words ?? {}) as Partial<ScenarioWords>;
  const fields = parsed.success ? inOrder(parsed.data) : {};
  const value = { ...fields, name, description, expect } as Plain;
  const document = new ScenarioDocument(source, { value, locate: () => 'plan' }, coupledFields);
  if (!parsed.success) {
    throw document.refuse([{ path: [], message: 'expected the design of a coupled scenario, got another value' }]);
  }
  refuseMissingFiles(document, parsed.data);
  const sweep = parseSweep(document);
  return expandCoupled(document, sweep, parseFirstCell(document, sweep), { ...parsed.data, notices: [] });
}

/** The fields with their sweep in the order in which it was written. */
function inOrder({ fields, axes }: z.output<typeof design>): object {
  const { sweep } = fields;
  if (typeof sweep !== 'object' || sweep === null) return fields;
  const axis = (name: string) => [name, (sweep as Readonly<Record<string, unknown>>)[name]];
  return {
    ...fields,
    sweep: { ...Object.fromEntries(axes.filter((name) => Object.hasOwn(sweep, name)).map(axis)), ...sweep },
  };
}

/** What a file held is in the design, or the design is none. */
function refuseMissingFiles(document: ScenarioDocument, stored: z.output<typeof design>): void {
  for (const { path, resource } of files) {
    if (valueAt(document.value, path) === undefined || stored[resource] !== null) continue;
    throw document.refuse([{ path: [...path], message: `expected what was in the file, got no ${resource}` }]);
  }
}
