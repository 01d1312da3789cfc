import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { apiReference } from './api-reference.ts';
import { withSection } from './marked-section.ts';
import { scenarioReference } from './scenario-reference.ts';

export const readmeFile = fileURLToPath(new URL('../../README.md', import.meta.url));

/** The README with its references as the schemas and the docstrings have them now. */
export function generatedReadme(): string {
  const readme = readFileSync(readmeFile, 'utf8');
  const withScenarios = withSection(readme, 'scenario reference', scenarioReference());
  return withSection(withScenarios, 'API reference', apiReference());
}
