import type { Violation } from '../model/finding.ts';
import { type FieldPath, isObject, type ManifestValue, textAt } from '../model/manifest.ts';
import { identityOf, type Resource } from '../model/resource.ts';
import { withoutHash } from './resources.ts';

/**
 * What a violation is recognised by at another commit: the rule, the resource without its
 * hash suffix, the field with list items by name instead of position, and the message.
 * Moved lines, reordered containers and new hashes do not change it.
 */
export function fingerprint(violation: Violation, resource: Resource): string {
  const identity = identityOf({ ...resource, name: withoutHash(resource.name) });
  const field = violation.fieldPath === null ? null : stableSteps(resource.manifest, violation.fieldPath);
  const message = violation.message.replaceAll(resource.name, withoutHash(resource.name));
  return JSON.stringify([violation.rule, identity, field, message]);
}

function stableSteps(manifest: ManifestValue, path: FieldPath): (string | number)[] {
  let current: ManifestValue | undefined = manifest;
  return path.map((step) => {
    if (Array.isArray(current) && typeof step === 'number') {
      current = current[step];
      const name = textAt(current, ['name']);
      return name === undefined ? step : `name=${name}`;
    }
    current = isObject(current) && typeof step === 'string' ? current[step] : undefined;
    return step;
  });
}
