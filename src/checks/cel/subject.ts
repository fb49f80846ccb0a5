import type { Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';

/** What a resource was at the base: null where it was not there. */
export type Before =
  | { readonly status: 'known'; readonly resource: Resource | null }
  | { readonly status: 'unknown'; readonly reason: string };

/** A rendered resource with what rules compare it with. */
export interface RuledSubject {
  readonly target: Target;
  readonly resource: Resource;
  readonly before: Before;
}
