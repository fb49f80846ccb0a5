import { decodeText } from '../dialects/decodeText.ts';
import type { NotValidated } from '../model/finding.ts';
import { followLinks } from '../model/followLinks.ts';
import type { Redactor } from '../model/redacted.ts';
import { isManifestFile } from '../model/reviewedFiles.ts';
import type { Files } from '../model/snapshot.ts';
import type { FoundSecrets } from './committed.ts';
import { findCredentials, findNamedCredentials } from './credentials.ts';
import { findSecretsInFile } from './findSecretsInFile.ts';
import { LineRanges } from './lineRanges.ts';
import { isBinary, unsearchable } from './unsearchable.ts';

/** What a file of a commit has. */
export interface SearchedFile {
  readonly secrets: readonly FoundSecrets[];
  readonly notValidated: readonly NotValidated[];
}

/** A text above this size is not searched for credentials. */
const MOST_BYTES = 8 * 1024 * 1024;

/** Searches a file for plain Secrets and credentials; nothing where there is no such file. */
export async function searchFile(path: string, snapshot: Files, redactor: Redactor): Promise<SearchedFile> {
  if (snapshot.entries.get(path)?.kind !== 'file') return { secrets: [], notValidated: [] };
  const bytes = await snapshot.read(path);
  const credentials = await searchText(path, bytes, redactor);
  const named = isManifestFile(path);
  if (!named && !SECRET.test(decodeText(bytes))) return credentials;
  const read = async (wanted: string) => {
    const file = await followLinks(snapshot, wanted);
    return file === null ? null : snapshot.read(file);
  };
  const { violations, unparsable } = await findSecretsInFile({ path, bytes, read, redactor });
  const told = new LineRanges(violations.flatMap(({ location, covers = [] }) => [location, ...covers]));
  return {
    secrets: [
      ...violations.map((violation) => ({ path, violation })),
      // A value of a Secret is reported as that, not as a credential.
      ...credentials.secrets.filter(({ violation: { location } }) => !told.overlaps(location)),
    ],
    notValidated: [
      ...(unparsable === null || !named ? [] : [notSearched(path, unparsable.reason)]),
      ...credentials.notValidated,
    ],
  };
}

/** What a kustomization reads may have any name. */
const SECRET = /(?:^|[{,])\s*["']?(?:kind["']?\s*:\s*["']?Secret\b|sops["']?\s*:|auths["']?\s*:)/m;

async function searchText(path: string, bytes: Uint8Array, redactor: Redactor) {
  const reason = unsearchable(path, bytes);
  if (reason !== null) return { secrets: [], notValidated: [notSearched(path, reason)] };
  if (isBinary(bytes)) return { secrets: [], notValidated: [] };
  if (bytes.length > MOST_BYTES) {
    return { secrets: [], notValidated: [notSearched(path, 'it has more than 8 MiB')] };
  }
  const text = decodeText(bytes);
  const found = await findCredentials(path, text, redactor);
  const named = await findNamedCredentials(path, text, redactor);
  // By its form it is known at the same place.
  const known = new LineRanges(found.map(({ location }) => location));
  const violations = [...found, ...named.filter(({ location }) => !known.overlaps(location))];
  return { secrets: violations.map((violation) => ({ path, violation })), notValidated: [] };
}

function notSearched(subject: string, reason: string): NotValidated {
  return { subject, reason: `not searched for Secrets: ${reason}`, concern: 'secrets' };
}
