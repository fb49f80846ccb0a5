import type { GivenObject } from '../../engine/protocol/admission.ts';
import type { ManifestObject } from '../../model/manifest.ts';
import { decrypted } from '../schemas/decrypted.ts';
import { hiddenPaths } from './hiddenPaths.ts';

/** A manifest as the engine's expressions take it; what is hidden is written as the text that stands for it. */
export function givenObject(manifest: ManifestObject): GivenObject {
  const object = decrypted(manifest);
  const hidden = hiddenPaths(object);
  return hidden.length === 0 ? { object } : { object, hidden };
}
