import type { CheckedScenario } from '../../report/check-text.ts';
import { formatCount } from '../../report/format-number.ts';
import type { Scenario } from '../../scenarios/load-scenario.ts';
import type { Row } from './row.ts';
import { statement } from './rules.ts';

/** What a scenario expects of itself, as a row. */
export function expectedRow(
  { name, description }: Pick<Scenario, 'name' | 'description'>,
  { holds, counted, cells }: CheckedScenario,
  source: string,
): Row {
  const held = cells.flatMap(({ findings }) => findings).filter((finding) => finding.holds).length;
  const where = cells.length === 1 ? 'in its only cell' : `in ${cells.length} cells`;
  const ours = `${formatCount(held)} of ${formatCount(counted.findings)} hold, ${where}`;
  const said = { claim: `${name}: ${description}`, source };
  return statement(said, 'its expectations hold', ours, holds, 'every expectation of the scenario is kept');
}
