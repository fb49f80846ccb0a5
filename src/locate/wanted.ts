import type { FieldPath } from '../model/manifest.ts';
import type { Resource } from '../model/resource.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Declared } from './declaration.ts';

/** A field of a rendered resource that is looked for. */
export interface Wanted {
  readonly snapshot: Snapshot;
  readonly resource: Resource;
  readonly declared: Declared;
  readonly fieldPath: FieldPath;
}
