import { filledText, textsAt } from '../../model/fields.ts';
import { type ManifestObject, textAt } from '../../model/manifest.ts';
import type { Mount } from '../../model/renderSource.ts';
import { type Refusal, refuse } from '../refusal.ts';

/**
 * What one copy of an ArtifactGenerator puts where; the alias of the source is not in it.
 * https://fluxcd.io/flux/components/source/artifactgenerators/#copy-operations
 */
export function copyMount(copy: ManifestObject): Mount | Refusal {
  const strategy = filledText(copy, ['strategy']) ?? 'Overwrite';
  if (strategy !== 'Overwrite') return refuse(`the copy strategy ${strategy} is not followed`);
  const exclude = textsAt(copy, ['exclude']);
  return {
    from: (textAt(copy, ['from']) ?? '').replace(/^@[^/]*\/+/, '') || '.',
    // A slash at the end says that it is a folder, and stays.
    to: (textAt(copy, ['to']) ?? '').replace(/^@artifact\/+/, '') || '.',
    ...(exclude.length > 0 && { exclude }),
  };
}
