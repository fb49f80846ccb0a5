import type { Redactor } from '../../model/redacted.ts';
import type { Files } from '../../model/snapshot.ts';
import { isHarmless } from '../harmless.ts';
import { searchFile } from '../searchFile.ts';

/** The identities of the secrets that are found in some files; see {@link Redactor}. */
export async function secretsInFiles(
  paths: readonly string[],
  { files, redactor }: { readonly files: Files; readonly redactor: Redactor },
): Promise<string[]> {
  const searched = await Promise.all([...new Set(paths)].map((path) => searchFile(path, files, redactor)));
  return searched
    .flatMap(({ secrets }) => secrets.flatMap(({ violation }) => violation.values))
    .filter(({ key, value }) => !isHarmless({ key, class: value.class }))
    .map(({ value }) => value.identity());
}
