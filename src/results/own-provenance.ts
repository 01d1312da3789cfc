import { fileURLToPath } from 'node:url';
import { codeFolder, packageFile } from '../package-files.ts';
import { programVersion } from '../program-version.ts';
import { codeFingerprint } from './code-fingerprint.ts';
import { type Provenance, provenanceOf } from './provenance.ts';

/** Where the numbers that this process computes come from. */
export function ownProvenance(): Promise<Provenance> {
  return provenanceOf({
    version: programVersion(),
    codeFingerprint: () => codeFingerprint(fileURLToPath(codeFolder())),
    packageDirectory: fileURLToPath(packageFile('.')),
  });
}
