import type { NotValidated, Violation } from './finding.ts';
import type { Resource } from './resource.ts';
import type { Target } from './target.ts';

/** A resource that the repository holds, rendered or in a plain file, with where it was found. */
export interface FoundObject {
  readonly resource: Resource;
  /** The cluster that it is applied to, where that is known. */
  readonly cluster: string | null;
  readonly environment: string | null;
  readonly place: ObjectPlace;
}

/** Where an object stands. */
export type ObjectPlace =
  /** In a file that no render reads: as it is. `document` counts the file's YAML documents from 0. */
  | { readonly in: 'file'; readonly path: string; readonly document: number }
  /** In what a target renders. */
  | { readonly in: 'rendering'; readonly target: Target }
  /** Made from another object, as an Application from an ApplicationSet. */
  | { readonly in: 'object'; readonly object: FoundObject };

/** What is wrong with an object; `violation.fieldPath` is a field of its manifest. */
export interface ObjectViolation {
  readonly object: FoundObject;
  readonly violation: Violation;
}

/** What Argo CD or Flux would make of objects. */
export interface Followed {
  readonly targets: readonly FollowedTarget[];
  /** Objects that the operator makes of others. */
  readonly made: readonly FoundObject[];
  readonly violations: readonly ObjectViolation[];
  readonly notValidated: readonly NotValidated[];
}

/** A target with the object that declares it. */
export interface FollowedTarget {
  readonly target: Target;
  readonly object: FoundObject;
  /** Folders of this repository that it applies: an overlay or chart there is no target of its own. */
  readonly folders: readonly string[];
}
