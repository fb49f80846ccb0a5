import type { FieldOrigin, FoundObject } from '../../model/foundObject.ts';
import { type FieldPath, type ManifestObject, valueAt } from '../../model/manifest.ts';
import type { FollowContext } from '../followContext.ts';
import type { BuildEnvironment } from './buildEnvironment.ts';
import type { DeclaredSource } from './declaredSources.ts';
import type { Destination } from './destination.ts';
import type { SourceTree } from './thisCommit.ts';

/** What Applications are followed with. */
export interface ArgoContext extends FollowContext {
  /** The namespace that Argo CD is in. */
  readonly controlPlane: string;
}

/** One source of an Application, with all that its rendering depends on. */
export interface SourceContext {
  readonly argo: ArgoContext;
  readonly application: FoundObject;
  /** As the Application has it. */
  readonly declared: ManifestObject;
  /** With the overrides of its folder. */
  readonly source: ManifestObject;
  /** The field of the Application that holds it. */
  readonly fieldPath: FieldPath;
  /** The files that it has; of a chart from elsewhere those of the commit. */
  readonly tree: SourceTree;
  /** Its folder in the tree, without symlinks; null for a chart from elsewhere. */
  readonly folder: string | null;
  readonly destination: Destination;
  readonly environment: BuildEnvironment;
  /** The sources that values files may stand in, by their `ref`; null for an Application with one `source`. */
  readonly refs: ReadonlyMap<string, DeclaredSource> | null;
}

/** The field of the Application that gives a part of its source; null where a file in the folder overrides it. */
export function originOf(
  { application, fieldPath, declared, source }: SourceContext,
  part: FieldPath,
): FieldOrigin | null {
  if (valueAt(source, part) !== valueAt(declared, part)) return null;
  return { object: application, fieldPath: [...fieldPath, ...part] };
}
