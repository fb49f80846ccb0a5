import { findDuplicateKeys } from '../checks/schemas/duplicateKeys.ts';
import { findSecretsInFile } from '../checks/secrets/findSecretsInFile.ts';
import type { NotValidated, SourceViolation } from '../model/finding.ts';
import { followLinks } from '../model/followLinks.ts';
import type { Redactor } from '../model/redacted.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { FoundSecrets } from './secretStatus.ts';

/** What a file of a commit has. */
export interface SearchedFile {
  readonly secrets: readonly FoundSecrets[];
  readonly duplicates: readonly SourceViolation[];
  readonly notValidated: readonly NotValidated[];
}

/** Searches a manifest for plain Secrets and duplicate keys; nothing where there is no such file. */
export async function searchFile(
  path: string,
  snapshot: Snapshot,
  redactor: Redactor,
): Promise<SearchedFile> {
  if (snapshot.entries.get(path)?.kind !== 'file') return { secrets: [], duplicates: [], notValidated: [] };
  const bytes = await snapshot.read(path);
  const read = async (wanted: string) => {
    const file = await followLinks(snapshot, wanted);
    return file === null ? null : snapshot.read(file);
  };
  const { violations, unparsable } = await findSecretsInFile({ path, bytes, read, redactor });
  return {
    secrets: violations.map((violation) => ({ path, violation })),
    duplicates: findDuplicateKeys(path, bytes),
    notValidated: unparsable === null ? [] : [notSearched(path, unparsable.reason)],
  };
}

/** True for a name that kustomize, Argo CD or Flux would read as a manifest. */
export function isManifestFile(path: string): boolean {
  return /(?:\.(?:ya?ml|json)|(?:^|\/)Kustomization)$/.test(path);
}

function notSearched(subject: string, reason: string): NotValidated {
  return { subject, reason: `not searched for Secrets: ${reason}`, concern: 'secrets' };
}
