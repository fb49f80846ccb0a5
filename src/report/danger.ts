import type { SharedChange } from './sharedChanges.ts';

/** Kinds that take what they hold with them. */
const HOLDERS = new Set([
  'Namespace',
  'CustomResourceDefinition',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StatefulSet',
]);

/** Kinds that many others depend on, or that give rights. */
const SHARED = /^(?:Cluster)?Role(?:Binding)?$|^CustomResourceDefinition$|WebhookConfiguration$|^AppProject$/;

/** How soon a reader has to see a change: the lowest number first. */
export function dangerOf({ change, resource, removal, effects }: SharedChange): number {
  if (change === 'removed' && removal?.fate === 'kept') return 4;
  if (change === 'removed') return HOLDERS.has(resource.kind) ? 0 : 1;
  if (effects.some((effect) => effect.startsWith('deleted and made anew'))) return 2;
  if (SHARED.test(resource.kind)) return 3;
  return { changed: 5, renamed: 6, added: 7 }[change];
}
