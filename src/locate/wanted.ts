import type { FieldPath } from '../model/manifest.ts';
import type { Resource } from '../model/resource.ts';
import type { Snapshot } from '../model/snapshot.ts';

/** A field of a rendered resource that is looked for. */
export interface Wanted {
  readonly snapshot: Snapshot;
  readonly resource: Resource;
  /** All names that the resource had on its way. */
  readonly names: readonly string[];
  /** True where a kustomization gave it the namespace that it has. */
  readonly namespaceWasSet: boolean;
  readonly fieldPath: FieldPath;
  /** True where the file that declares the resource has the field, as the mapping that it is. */
  readonly isDeclared: boolean;
  /** Fields below it that a finding misses. */
  readonly missing: readonly FieldPath[];
}
