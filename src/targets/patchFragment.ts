import type { Resource } from '../model/resource.ts';
import { OPERATORS } from './operators.ts';

/** A folder or a file of patches, as people name them: `patches/a.yaml`, `sync-wave-patch.yaml`. */
const NAMED_AS_PATCH = /(?:^|[/._-])patch(?:es)?(?:[/._-]|$)/i;

/**
 * True for what is no object by itself: an operator's kind without a `spec`, in a file that is
 * named as a patch. Whether any kustomization uses it does not matter.
 */
export function isPatchFragment(file: string, resource: Resource): boolean {
  return (
    NAMED_AS_PATCH.test(file) &&
    resource.manifest['spec'] === undefined &&
    OPERATORS.some((operator) => operator.declares(resource))
  );
}
