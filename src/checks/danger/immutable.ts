import { syncOptions } from '../../model/keptOnRemoval.ts';
import { type FieldPath, formatFieldPath, textAt } from '../../model/manifest.ts';
import { describeResource, nameOnly, type ResourceName } from '../../model/resource.ts';
import { type ChangedPair, type Danger, dangerOf, isHook } from './danger.ts';
import { refusedFields } from './immutableFields.ts';

/**
 * Changes that the API server refuses, or that an operator makes by deleting the resource.
 * @param forced whether the object that declares the target says so for all of it.
 */
export function immutableChanges(pair: ChangedPair, forced: boolean): Danger[] {
  if (isHook(pair.head)) return [];
  const { head } = pair;
  return refusedFields(pair.base, head).map((path) => {
    const about = { ...nameOnly(head), field: path, forced: forced || isForced(pair) };
    return dangerOf(pair, { rule: 'immutable-field', message: cannotChange(about), about, fieldPath: path });
  });
}

function cannotChange(about: ResourceName & { readonly field: FieldPath; readonly forced: boolean }): string {
  const field = `\`${formatFieldPath(about.field)}\` of a ${about.kind} cannot change`;
  const effect = about.forced
    ? `${describeResource(about)} is deleted and made anew, as its operator is told to force it`
    : `the API server refuses the change, and the sync fails until ${describeResource(about)} is deleted`;
  return `${field}: ${effect}`;
}

/**
 * - https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#force-sync
 * - https://fluxcd.io/flux/components/kustomize/kustomizations/#force
 */
function isForced({ head: { manifest } }: ChangedPair): boolean {
  const annotation = (name: string) => textAt(manifest, ['metadata', 'annotations', name]);
  return (
    syncOptions(manifest).has('Force=true') ||
    annotation('kustomize.toolkit.fluxcd.io/force')?.toLowerCase() === 'enabled'
  );
}
