import { writeFileSync } from 'node:fs';
import { generatedReadme, readmeFile } from './readme.ts';

writeFileSync(readmeFile, generatedReadme());
