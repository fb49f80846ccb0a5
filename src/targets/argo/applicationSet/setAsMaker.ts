import { textsAt } from '../../../model/fields.ts';
import type { FoundObject } from '../../../model/foundObject.ts';
import { Kind } from '../../../model/kinds.ts';
import { textAt } from '../../../model/manifest.ts';
import type { Maker } from '../../../model/operatorRecord.ts';

/** On an Application: its resources go with it. On an ApplicationSet: its controller is asked before it goes. */
export const RESOURCES_FINALIZER = 'resources-finalizer.argocd.argoproj.io';

/**
 * What an ApplicationSet does with Applications: by its `applicationsSync` it may delete none.
 * When it goes itself, Kubernetes deletes them, unless its finalizer lets the controller take
 * their owner off before.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Controlling-Resource-Modification/
 */
export function setAsMaker(set: FoundObject): Maker {
  const { manifest } = set.resource;
  const policy = textAt(manifest, Kind.ApplicationSet('spec', 'syncPolicy', 'applicationsSync')) ?? 'sync';
  const deletes = policy !== 'create-only' && policy !== 'create-update';
  const isAsked = textsAt(manifest, ['metadata', 'finalizers']).includes(RESOURCES_FINALIZER);
  return { object: set, deletes, releases: !deletes && isAsked };
}
