import type { FollowContext } from '../followContext.ts';
import type { Kustomization } from '../kustomize/readKustomizations.ts';
import type { KnownObjects } from './knownObjects.ts';

/** What Flux's objects are followed with. */
export interface FluxContext extends FollowContext {
  readonly known: KnownObjects;
  /** Every kustomization of the commit, read when first asked for. */
  readonly kustomizations: () => Promise<readonly Kustomization[]>;
}
