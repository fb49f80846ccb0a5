import { decodeText } from '../dialects/decodeText.ts';
import type { Location } from '../model/finding.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { FoundSecrets, SecretViolation } from './committed.ts';

/** What tools of the kind take for a maintainer's word that a line has no secret. */
const ALLOWED = /gitleaks:allow|\bnotsecret\b|pragma:\s*allowlist[ -]secret/;

/**
 * Makes warnings of the findings of which each value that may be a credential stands on a line with a
 * comment that allows it, where the base's file has the same comment behind the same name: a pull request cannot allow itself anything. Against a base
 * without any file the whole repository is looked at, and not a change of it: there each comment counts.
 */
export async function allowedByComment(
  found: readonly FoundSecrets[],
  { base, head }: { readonly base: Snapshot; readonly head: Snapshot },
): Promise<FoundSecrets[]> {
  const files = new Map<string, Promise<Allowing>>();
  return Promise.all(
    found.map(async (one) => {
      const { path } = one.violation.location;
      const file = files.get(path) ?? allowing(path, { base, head });
      files.set(path, file);
      const { lines, before } = await file;
      const isAllowed = placesOf(one.violation).every(({ startLine, endLine }) => {
        for (let line = startLine; line <= endLine; line++) {
          if (before.has(lines.get(line) ?? '')) return true;
        }
        return false;
      });
      return isAllowed ? { ...one, violation: { ...one.violation, severity: 'warning' } } : one;
    }),
  );
}

/** Where the values stand that need a comment: a user's name beside the password needs none. */
function placesOf({ credentials = [], covers = [], location }: SecretViolation): readonly Location[] {
  if (credentials.length > 0) return credentials;
  return covers.length > 0 ? covers : [location];
}

/** The lines of a file with such a comment, without their values. */
interface Allowing {
  readonly lines: ReadonlyMap<number, string>;
  readonly before: ReadonlySet<string>;
}

async function allowing(
  path: string,
  { base, head }: { readonly base: Snapshot; readonly head: Snapshot },
): Promise<Allowing> {
  const lines = await allowedLines(head, path);
  if (lines.size === 0) return { lines, before: new Set() };
  const before = base.entries.size === 0 ? lines : await allowedLines(base, path);
  return { lines, before: new Set(before.values()) };
}

async function allowedLines(snapshot: Snapshot, path: string): Promise<Map<number, string>> {
  if (snapshot.entries.get(path)?.kind !== 'file') return new Map();
  const lines = decodeText(await snapshot.read(path)).split(/\r?\n/);
  return new Map(
    lines.flatMap((line, index) => (ALLOWED.test(line) ? [[index + 1, named(line)] as const] : [])),
  );
}

/** A line without the value between its name and its comment. */
function named(line: string): string {
  return JSON.stringify([/^[^:=#]*/.exec(line)?.[0].trim(), ALLOWED.exec(line)?.[0]]);
}
