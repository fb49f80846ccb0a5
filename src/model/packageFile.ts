import { fileURLToPath } from 'node:url';

// Compiled files stand one folder deeper (dist/src/model) than sources (src/model).
const root = new URL(import.meta.url.includes('/dist/src/') ? '../../../' : '../../', import.meta.url);

/** The path of a file that ships with Hydrant, such as `schemas/hydrant.schema.json`. */
export function packageFile(path: string): string {
  return fileURLToPath(new URL(path, root));
}
