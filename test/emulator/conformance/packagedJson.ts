import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A JSON file out of an installed package; the caller knows what is in it. */
export function packagedJson<T>(specifier: string): T {
  const file = createRequire(import.meta.url).resolve(specifier);
  // The files are GitHub's publications, of the form that the caller names.
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
