import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { apiReference } from './api-reference.ts';
import { claimsTable } from './claims-table.ts';
import { withSection } from './marked-section.ts';
import { scenarioReference } from './scenario-reference.ts';

export const readmeFile = fileURLToPath(new URL('../../README.md', import.meta.url));

/** The README with its claims as the committed reference has them, and its references as schemas and docstrings do. */
export function generatedReadme(): string {
  const readme = readFileSync(readmeFile, 'utf8');
  const withClaims = withSection(readme, 'claims', claimsTable());
  const withScenarios = withSection(withClaims, 'scenario reference', scenarioReference());
  return withSection(withScenarios, 'API reference', apiReference());
}
