import { entriesAt, filledText, flagAt, listAt, textsAt } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import { isObject, type ManifestObject, valueAt } from '../../model/manifest.ts';
import type { KustomizationEdits, KustomizeImage } from '../../model/renderSource.ts';
import { pick } from './pick.ts';

/** What a selector may say in Flux; kustomize's own know more. */
const SELECTOR = ['group', 'version', 'kind', 'name', 'namespace', 'labelSelector', 'annotationSelector'];

/**
 * What a Kustomization's spec changes of the kustomization that it builds.
 * https://github.com/fluxcd/pkg/blob/main/kustomize/kustomize_generator.go
 */
export function kustomizationEdits(spec: ManifestObject): KustomizationEdits {
  const components = textsAt(spec, Kind.KustomizationSpec('components'));
  const buildMetadata = textsAt(spec, Kind.KustomizationSpec('buildMetadata'));
  return withoutUndefined({
    namespace: filledText(spec, Kind.KustomizationSpec('targetNamespace')),
    namePrefix: filledText(spec, Kind.KustomizationSpec('namePrefix')),
    nameSuffix: filledText(spec, Kind.KustomizationSpec('nameSuffix')),
    ...patchesAndImages(spec),
    buildMetadata: unlessEmpty(buildMetadata),
    components: components.length === 0 ? undefined : components,
    ignoreMissingComponents: flagAt(spec, Kind.KustomizationSpec('ignoreMissingComponents'))
      ? true
      : undefined,
  });
}

/**
 * The edits of a HelmRelease's `postRenderers[].kustomize`, which are the same fields.
 * https://fluxcd.io/flux/components/helm/helmreleases/#post-renderers
 */
export function postRendererEdits(kustomize: ManifestObject): KustomizationEdits {
  return withoutUndefined(patchesAndImages(kustomize));
}

function patchesAndImages(spec: ManifestObject): KustomizationEdits {
  return {
    images: unlessEmpty(
      entriesAt(spec, Kind.KustomizationSpec('images')).flatMap(({ item }) => imageOf(item)),
    ),
    patches: unlessEmpty(entriesAt(spec, Kind.KustomizationSpec('patches')).map(({ item }) => patchOf(item))),
    patchesStrategicMerge: unlessEmpty(
      listAt(spec, Kind.KustomizationSpec('patchesStrategicMerge')).filter(isObject),
    ),
    patchesJson6902: unlessEmpty(
      entriesAt(spec, Kind.KustomizationSpec('patchesJson6902')).map(({ item }) => jsonPatchOf(item)),
    ),
  };
}

function imageOf(image: ManifestObject): KustomizeImage[] {
  const name = filledText(image, Kind.KustomizeImage('name'));
  if (name === undefined) return [];
  return [
    withoutUndefined({
      name,
      newName: filledText(image, Kind.KustomizeImage('newName')),
      newTag: filledText(image, Kind.KustomizeImage('newTag')),
      digest: filledText(image, Kind.KustomizeImage('digest')),
    }),
  ];
}

function patchOf(patch: ManifestObject): ManifestObject {
  const target = valueAt(patch, Kind.KustomizePatch('target'));
  const own = pick(patch, ['patch']);
  return isObject(target) ? { ...own, target: pick(target, SELECTOR) } : own;
}

/** Flux writes the operations as a list; kustomize takes them as text. */
function jsonPatchOf(patch: ManifestObject): ManifestObject {
  const target = valueAt(patch, Kind.KustomizePatch('target'));
  return {
    patch: JSON.stringify(valueAt(patch, Kind.KustomizePatch('patch')) ?? []),
    ...(isObject(target) && { target: pick(target, SELECTOR) }),
  };
}

function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** Sources are compared as text: what is not said must not be there at all. */
function withoutUndefined<T extends object>(value: T): T {
  // Every field that is left out may be undefined, so that the rest is still a T.
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
