import type { CustomVersion } from './customVersions.ts';
import type { Validator } from './validators.ts';

/** What the resources of a kind are checked by. */
export interface KindSchema {
  readonly validate: Validator;
  /** Whether the API server clears the status of what is applied. */
  readonly hasStatus: boolean;
  /** True where it is of a release that the cluster may not have, so that a field may be newer. */
  readonly mayBeOlder?: boolean;
}

/** One source of the schemas of custom resources. Kinds are named as `example.com/v1 Widget`. */
export interface KindSource {
  /** Whether this source says what a kind is; then no source behind it is asked. */
  covers(name: string): boolean;
  /** The different schemas that it has for a kind; none where there is none to use. */
  schemas(name: string): readonly KindSchema[];
  /** Why a kind that it covers has no schema; a part of a sentence. */
  reason(name: string): string | undefined;
  /** The apiVersions in which clusters serve a kind; null where nobody can tell. */
  served(name: string): readonly string[] | null;
  /** The different things that definitions say of a kind. */
  versions(name: string): readonly CustomVersion[];
}
