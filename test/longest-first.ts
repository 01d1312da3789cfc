import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take most of a minute: one that begins last leaves all other processors idle. */
const long = [
  'theorems/claims',
  'distribution/queue-kill',
  'cli/report',
  'cli/examples',
  'cli/kill',
  'cli/many-cells',
  'cli/check',
  'distribution/queue',
  'theorems/false-alarms',
  'dashboard/terminal',
  'cli/shards',
  'cli/scenarios',
];

/** The order in which test files begin. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = long.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return place < 0 ? long.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
