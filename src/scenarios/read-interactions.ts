import type { Interactions } from '../trainer/data-sets/interactions.ts';
import { type ReadTableOptions, readUserItemTable } from './user-item-table.ts';
import { visiblePath, visibleText } from './visible-text.ts';

/**
 * Reads a user–item table whole: its pairs by number, and the names made harmless.
 *
 * @throws {DataError} for a file that cannot be read as a table, and for bad rows unless they are skipped
 */
export async function readInteractions(
  path: string,
  options: ReadTableOptions,
): Promise<{ readonly interactions: Interactions; readonly sha256: string; readonly notice: string }> {
  const [users, items] = [new Map<string, number>(), new Map<string, number>()];
  const pairs: [number, number][] = [];
  const number = (names: Map<string, number>, name: string) => {
    if (!names.has(name)) names.set(name, names.size);
    return names.get(name)!;
  };
  const { sha256, format, skippedRows } = await readUserItemTable(path, {
    ...options,
    onPair: (user, item) => pairs.push([number(users, user), number(items, item)]),
  });
  const shown = (names: Map<string, number>) => [...names.keys()].map((name) => visibleText(name));
  const interactions: Interactions = { users: shown(users), items: shown(items), pairs };
  const counts = `${users.size} users, ${items.size} items, ${pairs.length} interactions`;
  const skipped = skippedRows === 0 ? '' : `, ${skippedRows} bad rows left out`;
  return { interactions, sha256, notice: `${visiblePath(path)}: read as ${format}: ${counts}${skipped}` };
}
