import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { apiReference } from './api-reference.ts';
import { claimsTable } from './claims-table.ts';
import { licencesTable } from './licences-table.ts';
import { withSection } from './marked-section.ts';
import { scenarioReference } from './scenario-reference.ts';
import { tortureTable } from './torture-table.ts';

export const readmeFile = fileURLToPath(new URL('../../README.md', import.meta.url));

/** The parts of the README that are written by a program, and what they hold. */
const sections: Readonly<Record<string, () => string>> = {
  claims: claimsTable,
  torture: tortureTable,
  licences: licencesTable,
  'scenario reference': scenarioReference,
  'API reference': apiReference,
};

/** The README with its figures as the committed results have them, and its references as schemas and docstrings do. */
export function generatedReadme(): string {
  const readme = readFileSync(readmeFile, 'utf8');
  return Object.entries(sections).reduce((text, [name, section]) => withSection(text, name, section()), readme);
}
