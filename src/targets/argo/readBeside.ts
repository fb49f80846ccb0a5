import path from 'node:path';
import { textsAt } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import { isObject, type ManifestObject, type ManifestValue, textAt, valueAt } from '../../model/manifest.ts';
import { EVERYWHERE, filesNamed, placeNamed } from '../operator.ts';

const GENERATE_PATHS = 'argocd.argoproj.io/manifest-generate-paths';

/**
 * Places in a commit that a source which only Argo CD can render may read besides its folder: Jsonnet's
 * libraries, which stand from the root, and what looks like a path among the texts that a plugin is given.
 * @param source one of an Application, or of a template.
 * @param shown what stands for a text: as it is, or with `*` for parameters.
 */
export function readBeside(source: ManifestObject, shown = (text: string) => text): string[] {
  const folder = shown(textAt(source, Kind.ApplicationSource('path')) ?? '');
  const libraries = textsAt(source, Kind.ApplicationSource('directory', 'jsonnet', 'libs'));
  const given = textsIn(valueAt(source, Kind.ApplicationSource('plugin')) ?? null);
  const words = given.flatMap((text) => shown(text).match(/[^\s"'=,;:{}[\]]*[/.][^\s"'=,;:{}[\]]*/g) ?? []);
  return [
    ...libraries.flatMap((library) => placeNamed(shown(library))),
    ...words.flatMap((word) => filesNamed(word, folder)),
  ].filter((place) => /[^./]/.test(place) && !place.startsWith('../'));
}

/**
 * Places that an Application says itself it is made from, for whatever it is rendered by.
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/high_availability/#manifest-paths-annotation
 */
export function generatePaths(manifest: ManifestObject, folders: readonly string[]): string[] {
  const said = textAt(manifest, ['metadata', 'annotations', GENERATE_PATHS]) ?? '';
  return said
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .flatMap((part) =>
      part.startsWith('/') ? [part] : folders.map((folder) => path.posix.join(folder, part)),
    )
    .flatMap((place) => (/^[./]*$/.test(place) ? [EVERYWHERE] : placeNamed(path.posix.normalize(place))));
}

function textsIn(value: ManifestValue): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
