import { findPackageJSON } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Run from the sources, or from the build. */
const isSource = import.meta.url.endsWith('.ts');

/** The package's own folder, wherever the build has put this module. */
const root = new URL('.', pathToFileURL(findPackageJSON(import.meta.url)!));

/** A file or folder of the package, by its path from the package's own folder. */
export function packageFile(path: string): URL {
  return new URL(path, root);
}

/** The folder of the code that runs: `src/` or `dist/`. */
export function codeFolder(): URL {
  return packageFile(isSource ? 'src/' : 'dist/');
}

/** A module that the build keeps as a file of its own, such as `engine/worker`: see rolldown.config.ts. */
export function entryModule(name: string): URL {
  return new URL(`${name}.${isSource ? 'ts' : 'js'}`, codeFolder());
}
