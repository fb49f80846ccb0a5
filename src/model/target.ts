/** Which system's objects or files make the target; later issues add more. */
export type TargetKind = 'kustomize';

/** What an operator would apply as one unit. */
export interface Target {
  /** Unique among the targets of a commit; a Kustomize target's is its folder (`.` for the root). */
  readonly id: string;
  readonly kind: TargetKind;
  /** Folder in the repository, without leading or trailing slash; `.` for the root. */
  readonly path: string;
  readonly cluster: string | null;
  readonly environment: string | null;
}
