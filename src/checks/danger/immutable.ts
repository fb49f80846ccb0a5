import { isForced, isHook } from '../../model/heeded.ts';
import { type FieldPath, formatFieldPath } from '../../model/manifest.ts';
import { describeResource, nameOnly, type ResourceName } from '../../model/resource.ts';
import { type Applying, type ChangedPair, type Danger, dangerOf } from './danger.ts';
import { refusedFields } from './immutableFields.ts';

/** Changes that the API server refuses, or that an operator makes by deleting the resource. */
export function immutableChanges(pair: ChangedPair, { forced: all, heeds }: Applying): Danger[] {
  const { head } = pair;
  if (isHook(head.manifest, heeds)) return [];
  const forced = all || isForced(head.manifest, heeds);
  return refusedFields(pair.base, head).map((path) => {
    const about = { ...nameOnly(head), field: path, forced };
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
