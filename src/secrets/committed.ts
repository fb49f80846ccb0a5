import type { SourceFile } from '../dialects/sourceFile.ts';
import type { Location, SourceViolation } from '../model/finding.ts';
import type { Redacted, Redactor } from '../model/redacted.ts';
import type { ResourceId } from '../model/resource.ts';

/** A value that stands unencrypted in a file, with its key in the Secret. */
export interface CommittedValue {
  readonly key: string;
  readonly value: Redacted;
}

/** A finding on committed values, with what they are recognised by. */
export interface SecretViolation extends SourceViolation {
  /** Null where it is about a file alone. */
  readonly resource: ResourceId | null;
  /** Lines with further values of the same Secret. */
  readonly covers?: readonly Location[];
  /** Lines of those values that may be credentials; left out where all that are covered may be. */
  readonly credentials?: readonly Location[];
  readonly values: readonly CommittedValue[];
}

/** What was found in a file. */
export interface FoundSecrets {
  readonly path: string;
  /** The targets that have it; left out where it is those that read the file. */
  readonly targets?: readonly string[];
  readonly violation: SecretViolation;
}

/** A Secret with the names of its values, as sentences tell them: never a value. */
export type SecretKeys = {
  /** Its name; may be empty. */
  readonly secret: string;
  readonly keys: readonly string[];
};

/** The different names of values, in their order. */
export function keysOf(values: readonly CommittedValue[]): string[] {
  return [...new Set(values.map(({ key }) => key))];
}

/** What equal copies of a secret have in common, wherever they stand: the keys with their values. */
export function copyOf(values: readonly CommittedValue[]): string {
  return JSON.stringify(
    [...new Set(values.map(({ key, value }) => `${key}\n${value.identity()}`))].toSorted(),
  );
}

/** Reads a file of the commit; null where there is none. */
export type ReadFile = (path: string) => Promise<Uint8Array | null>;

/** What the search of one file needs. */
export interface Search {
  readonly file: SourceFile;
  readonly read: ReadFile;
  /** The first to see a value. */
  readonly redactor: Redactor;
}

/** What an author is told to do. */
export const WAY_OUT = 'rotate it, and use SealedSecret, ExternalSecret or SOPS';

/** `Secret s`, as it stands in a sentence; a patch or a half-written manifest may name none. */
export function secretNamed(name: string): string {
  return name === '' ? 'a Secret without a name' : `Secret ${name}`;
}

export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function secretId(name: string, namespace: string | null = null): ResourceId {
  return { group: '', version: 'v1', kind: 'Secret', namespace, name };
}
