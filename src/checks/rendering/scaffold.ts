import type { Target } from '../../model/target.ts';

/** Folders of what is copied and filled in before it is applied. */
const OF_TEMPLATES =
  /(?:^|\/)(?:templates?|skeletons?|scaffold(?:s|ing)?|boilerplates?|cookiecutter[^/]*)(?:\/|$)/i;

/**
 * True for a kustomization that no operator applies, in a folder of templates: its paths are right
 * where it is copied to, and its values are still to be filled in.
 */
export function isScaffold({ kind, path }: Target): boolean {
  return kind === 'kustomize' && OF_TEMPLATES.test(path);
}
