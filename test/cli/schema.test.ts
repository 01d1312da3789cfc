import { describe, expect, it } from 'vitest';
import { command, temporaryFolder } from './command.ts';

describe('schema --paths', () => {
  it('lists what --set takes, a path a line with what may stand there', async () => {
    const { code, stdout } = await command(['schema', '--paths'], temporaryFolder());
    expect(code).toBe(0);
    expect(stdout).toMatch(/^popularity\.lower +number$/m);
    expect(stdout).toMatch(/^initialSquaredNorm +number or object$/m);
    const fidelity = await command(['schema', 'fidelity', '--paths'], temporaryFolder());
    expect(fidelity.stdout).toMatch(/^data\.interactions +integer$/m);
  });

  it('refuses what is no scenario', async () => {
    const { code, stderr } = await command(['schema', 'summary', '--paths'], temporaryFolder());
    expect([code, stderr]).toEqual([2, expect.stringContaining('--paths lists fields of scenarios')]);
  });
});
