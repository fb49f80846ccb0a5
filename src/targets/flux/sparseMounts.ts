import { textsAt } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import type { ManifestObject } from '../../model/manifest.ts';
import type { Mount } from '../../model/renderSource.ts';
import { FluxKind } from './fields.ts';
import { pathInTree } from './tree.ts';

/**
 * The folders that a GitRepository has, each in its place; null where it has all.
 * https://fluxcd.io/flux/components/source/gitrepositories/#sparse-checkout
 */
export function sparseMounts(repository: ManifestObject): readonly Mount[] | null {
  const path = [...Kind.GitRepository('spec'), ...FluxKind.GitSource('sparseCheckout')];
  const folders = textsAt(repository, path).map(pathInTree);
  if (folders.length === 0 || folders.includes('.')) return null;
  return folders.map((folder) => ({ from: `${folder}/**`, to: folder }));
}

/** Whether files stay where the commit has them. */
export function isInPlace({ from, to, exclude }: Mount): boolean {
  return from === `${to}/**` && exclude === undefined;
}
