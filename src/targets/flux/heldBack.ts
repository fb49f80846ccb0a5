import type { OperatorRecord } from '../../model/operatorRecord.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { whyDependencyWaits } from './dependencyWaits.ts';
import { filesWaitFor } from './filesWait.ts';
import type { FluxContext } from './fluxContext.ts';
import type { Reference } from './reference.ts';
import { whySuspended } from './suspended.ts';
import type { SourceTree } from './tree.ts';

/** What keeps changes from the cluster. */
export type Held = Pick<OperatorRecord, 'waits' | 'filesWait'>;

/** What keeps the changes of a Kustomization from the cluster. @param source what it refers to, and the files of that. */
export function heldBack(context: FluxContext, source: Reference, tree: SourceTree | Refusal): Held {
  const { from } = source;
  const dependency = whyDependencyWaits(context, from);
  // Each change of the commit under review comes as a new revision; of another source it may come by the old one.
  const isNewRevision = source.kind === 'GitRepository' && !isRefusal(tree) && tree.other === undefined;
  const unseen = dependency === null ? null : { why: dependency, mayComeOtherwise: true };
  return {
    waits: whySuspended(from.resource.manifest) ?? (isNewRevision ? dependency : null),
    filesWait: filesWaitFor(context, source) ?? unseen,
  };
}
