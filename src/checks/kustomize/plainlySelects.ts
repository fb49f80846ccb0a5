import type { Node } from 'yaml';
import { entries } from '../../dialects/sourceFile.ts';
import { selects } from '../../locate/selector.ts';
import { type ResourceId, withoutHash } from '../../model/resource.ts';

/** What a rendered resource still shows. Labels, for one, may be others when the patch is applied. */
const PLAIN = new Set(['group', 'version', 'kind', 'name']);

/** True where a patch's target selects one of the resources for sure, so that nothing need be tried. */
export function plainlySelects(
  selector: Node | null,
  { resources }: { readonly resources: readonly ResourceId[] },
): boolean {
  if (!entries(selector).every(({ key }) => PLAIN.has(key))) return false;
  return resources.some((resource) =>
    selects(selector ?? undefined, {
      resource,
      names: [resource.name, withoutHash(resource.name)],
      namespaceWasSet: true,
    }),
  );
}
