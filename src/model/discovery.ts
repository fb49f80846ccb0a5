import type { NotFollowedPart } from './followed.ts';
import type { FoundObject, ObjectViolation } from './foundObject.ts';
import type { OperatorRecord } from './operatorRecord.ts';
import type { Rendering } from './rendering.ts';

/** All targets of a commit, each with what it renders to or why it does not, and the operators' objects. */
export interface Discovery {
  /** Sorted by target id. */
  readonly renderings: readonly Rendering[];
  /** Operators' objects, and what they read, of plain files and of renderings. */
  readonly objects: readonly FoundObject[];
  /** What the objects that declare targets say of them, by target id. */
  readonly declared: ReadonlyMap<string, OperatorRecord>;
  /** Files with CustomResourceDefinitions, whether or not a render reads them. */
  readonly definitionFiles: readonly DefinitionFile[];
  readonly violations: readonly ObjectViolation[];
  readonly notValidated: readonly NotFollowedPart[];
  /**
   * For each target that is not rendered, or not wholly, a digest of what decides the part that is
   * missing, by its id.
   */
  readonly unrendered: ReadonlyMap<string, string>;
}

/** A file that speaks of CustomResourceDefinitions. */
export interface DefinitionFile {
  readonly path: string;
  readonly text: string;
  /** Whether it stands in `crds/` of a chart. */
  readonly ofChart: boolean;
}
