import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { Discovery } from '../model/discovery.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { isSameRendering } from '../render/renderer.ts';
import { type DiscoverContext, discover } from './discover.ts';
import { placeholderTargets, vanishedTargets } from './vanished.ts';

/** What both commits hold. */
export interface BothCommits {
  /** Sorted by target id. */
  readonly compared: readonly ComparedTarget[];
  readonly base: Discovery;
  readonly head: Discovery;
}

/**
 * Finds and renders the targets of both commits. Those whose source and files are equal at
 * both are rendered once, and are not affected.
 */
export async function renderCommits(
  context: Omit<DiscoverContext, 'snapshot'> & { readonly base: Snapshot; readonly head: Snapshot },
): Promise<BothCommits> {
  // One after the other: the base then finds the head's renderings.
  const head = await discover({ ...context, snapshot: context.head });
  const base = await discover({ ...context, snapshot: context.base });
  const atBase = new Map(base.renderings.map((rendering) => [rendering.target.id, rendering]));
  const after = new Set(head.renderings.map(({ target }) => target.id));
  const vanished = vanishedTargets(base, head);
  const placeholders = placeholderTargets(vanished, base, head);
  const compared = [
    ...head.renderings
      .filter(({ target }) => !placeholders.has(target.id))
      .map((after): ComparedTarget => {
        const { target } = after;
        const before = atBase.get(target.id) ?? null;
        const isSame = isSameRendering(before, after) && isSameUnrendered(target.id, { base, head });
        return { target, affected: !isSame, base: before, head: after };
      }),
    ...base.renderings
      .filter(({ target }) => !after.has(target.id))
      .map((rendering): ComparedTarget => {
        const { target } = rendering;
        return { target, affected: true, base: rendering, head: vanished.get(target.id) ?? null };
      }),
  ];
  return { compared: compared.toSorted((a, b) => (a.target.id < b.target.id ? -1 : 1)), base, head };
}

/** What is not rendered of a target can only be compared by what decides it. */
function isSameUnrendered(
  id: string,
  { base, head }: { readonly base: Discovery; readonly head: Discovery },
): boolean {
  return base.unrendered.get(id) === head.unrendered.get(id);
}
