import type { SourceFile } from '../dialects/sourceFile.ts';
import type { RenderProblem } from '../model/rendering.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';

/** What is known of a target that did not render. */
export interface Failed {
  readonly snapshot: Snapshot;
  readonly target: Target;
  readonly problem: RenderProblem;
  /** YAML files that the render read; the one that the error names comes first. */
  readonly files: readonly SourceFile[];
  /** Those of the files that are kustomizations. */
  readonly kustomizations: readonly SourceFile[];
}
