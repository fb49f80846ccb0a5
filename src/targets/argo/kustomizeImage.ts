import type { KustomizeImage } from '../../model/renderSource.ts';

/**
 * An entry of `kustomize.images` as `kustomize edit set image` reads it:
 * `[name=][newName][:tag][@digest]`; null where that refuses it, as it does a name alone. A `*`
 * stands for what the kustomization has.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/master/kustomize/commands/edit/set/setimage.go (parse)
 */
export function parseKustomizeImage(text: string): KustomizeImage | null {
  const equals = text.indexOf('=');
  const value = text.slice(equals + 1);
  const { name, tag, digest } = splitImage(value);
  if (name === text) return null;
  return {
    name: equals > 0 ? text.slice(0, equals) : name,
    ...(equals > 0 && name !== '' ? { newName: name } : {}),
    ...(tag === '' ? {} : { newTag: tag }),
    ...(digest === '' ? {} : { digest }),
  };
}

/**
 * Name, tag and digest of an image. A colon before the first slash is a registry's port.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/image/image.go (Split)
 */
function splitImage(image: string): { name: string; tag: string; digest: string } {
  const slash = Math.max(image.indexOf('/'), 0);
  const at = image.indexOf('@', slash);
  const colon = image.indexOf(':', slash);
  if (at >= 0 && (colon < 0 || at < colon)) {
    return { name: image.slice(0, at), tag: '', digest: image.slice(at + 1) };
  }
  if (colon < 0) return { name: image, tag: '', digest: '' };
  const end = at < 0 ? image.length : at;
  return { name: image.slice(0, colon), tag: image.slice(colon + 1, end), digest: image.slice(end + 1) };
}
