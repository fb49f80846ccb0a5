import type { Location } from './finding.ts';
import type { KeyedSource } from './keyedSource.ts';

/**
 * Which system's files or objects make the target: a folder that Kustomize builds, a chart
 * that no operator's object names, or an object of Argo CD or Flux by its kind.
 */
export type TargetKind =
  | 'kustomize'
  | 'helm'
  | 'Application'
  | 'Kustomization'
  | 'HelmRelease'
  | 'ResourceSet'
  | 'FluxInstance';

/** What an operator would apply as one unit. */
export interface Target {
  /**
   * Unique among the targets of a commit. A Kustomize target's is its folder (`.` for the
   * root), a chart's its folder and values file, an object's its kind, namespace and name
   * below the cluster that it is applied to.
   */
  readonly id: string;
  readonly kind: TargetKind;
  /** Folder in the repository, without leading or trailing slash; `.` for the root or where there is none. */
  readonly path: string;
  /** Where its resources are applied. */
  readonly cluster: string | null;
  readonly environment: string | null;
  /** How it is rendered, or why it cannot be. */
  readonly source: KeyedSource | NotFollowed;
}

/** The source of a target that only its operator can render; the target is listed as not validated. */
export interface NotFollowed {
  readonly tool: 'none';
  /** A sentence for the author, with the way out. */
  readonly reason: string;
  /** The line of the object that makes it so. */
  readonly location?: Location | undefined;
  /** True: its files are of another revision of this repository, so that none of the commit's decides it. */
  readonly otherRevision?: boolean | undefined;
}
