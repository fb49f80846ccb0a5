import type { RuledResource } from '../../engine/protocol.ts';
import type { FieldPath, ManifestObject } from '../../model/manifest.ts';
import { decrypted } from '../schemas/decrypted.ts';
import { hiddenPaths } from './hiddenPaths.ts';
import type { Subject } from './subject.ts';

/** A subject as the engine takes it. */
export function ruledResource({ resource, before }: Subject): RuledResource {
  const { object, hidden } = shown(resource.manifest);
  const old = before.status === 'known' && before.resource !== null ? shown(before.resource.manifest) : null;
  return {
    object,
    ...(hidden.length === 0 ? {} : { hidden }),
    ...(old === null ? {} : { old: old.object }),
    ...(old === null || old.hidden.length === 0 ? {} : { oldHidden: old.hidden }),
  };
}

/** Redacted values are written as the text that stands for them. */
function shown(manifest: ManifestObject): { object: ManifestObject; hidden: FieldPath[] } {
  const object = decrypted(manifest);
  return { object, hidden: hiddenPaths(object) };
}
