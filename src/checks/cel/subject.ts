import type { Resource } from '../../model/resource.ts';
import { sameValue } from '../../model/sameValue.ts';
import type { Target } from '../../model/target.ts';

/** What a resource was at the base: null where it was not there. */
export type Before =
  | { readonly status: 'known'; readonly resource: Resource | null }
  | { readonly status: 'unknown'; readonly reason: string };

/** False only where the resource is known to be what it was at the base. */
export function isChanged({ resource, before }: RuledSubject): boolean {
  if (before.status === 'unknown' || before.resource === null) return true;
  return !sameValue(resource.manifest, before.resource.manifest);
}

/** A rendered resource with what rules compare it with. */
export interface RuledSubject {
  readonly target: Target;
  readonly resource: Resource;
  readonly before: Before;
}
