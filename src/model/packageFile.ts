import { fileURLToPath } from 'node:url';

// Sources stand in src/model; what is built, and may be put together with others, somewhere in dist/src.
const built = import.meta.url.lastIndexOf('/dist/src/');
const root = built === -1 ? new URL('../../', import.meta.url) : import.meta.url.slice(0, built + 1);

/** The path of a file that ships with Hydrant, such as `schemas/hydrant.schema.json`. */
export function packageFile(path: string): string {
  return fileURLToPath(new URL(path, root));
}
