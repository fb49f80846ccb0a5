import type { Fate } from '../../model/removal.ts';
import type { Target } from '../../model/target.ts';
import { shrunkClaims } from './claims.ts';
import type { Applying, ChangedPair, Danger, ResourcePair } from './danger.ts';
import { immutableChanges } from './immutable.ts';
import { type NamespaceMove, namespaceMoves } from './namespaceMoves.ts';
import { dangerousRemoval } from './removals.ts';
import { scaledToZero } from './scaledToZero.ts';
import { removedStoredVersions } from './storedVersions.ts';
import { widenedAccess } from './wideningRoles.ts';

export type { Danger, ResourcePair } from './danger.ts';
export { takenHosts } from './takenHosts.ts';

/** What one target has at both commits, and what is known of its operator. */
export interface TargetChange extends Applying {
  readonly target: Target;
  readonly pairs: readonly ResourcePair[];
  /** Resources that only go by another namespace. */
  readonly moves: readonly NamespaceMove[];
  /** What becomes of a resource of the base that the head does not render. */
  readonly fateOf: (resource: NamespaceMove['base']) => Fate;
}

/** What merging does to the cluster of one target that its author may not expect. */
export function findDangers({ target, pairs, moves, fateOf, ...applying }: TargetChange): Danger[] {
  return [
    ...pairs.flatMap((pair) => (isChanged(pair) ? dangersOfChange(pair, applying) : removal(pair, fateOf))),
    ...namespaceMoves(target, moves, fateOf),
  ];
}

function isChanged(pair: ResourcePair): pair is ChangedPair {
  return pair.base !== null && pair.head !== null;
}

function dangersOfChange(pair: ChangedPair, applying: Applying): Danger[] {
  return [
    ...immutableChanges(pair, applying),
    ...shrunkClaims(pair),
    ...scaledToZero(pair),
    ...removedStoredVersions(pair),
    ...widenedAccess(pair),
  ];
}

function removal(pair: ResourcePair, fateOf: TargetChange['fateOf']): Danger[] {
  return pair.base === null ? [] : dangerousRemoval(pair, fateOf(pair.base));
}
