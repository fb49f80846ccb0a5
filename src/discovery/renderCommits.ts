import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { Discovery } from '../model/discovery.ts';
import type { Rendering } from '../model/rendering.ts';
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
  // One after the other: the head then finds the base's renderings, and what was made there.
  const base = await discover({ ...context, snapshot: context.base });
  const madeBefore = base.objects.filter(({ place }) => place.in === 'object');
  const head = await discover({ ...context, snapshot: context.head, madeBefore });
  const before = new Map(base.renderings.map((rendering) => [rendering.target.id, rendering]));
  const after = new Set(head.renderings.map(({ target }) => target.id));
  const vanished = vanishedTargets(base, head);
  const left = placeholderTargets(vanished, base, head);
  const compared = [
    ...head.renderings
      .filter(({ target }) => !left.has(target.id))
      .map((rendering) => sidesOf(before.get(rendering.target.id) ?? null, rendering)),
    ...base.renderings
      .filter(({ target }) => !after.has(target.id))
      .map((rendering): ComparedTarget => {
        const { target } = rendering;
        return { target, affected: true, base: rendering, head: vanished.get(target.id) ?? null };
      }),
  ];
  return { compared: compared.toSorted((a, b) => (a.target.id < b.target.id ? -1 : 1)), base, head };
}

function sidesOf(base: Rendering | null, head: Rendering): ComparedTarget {
  return { target: head.target, affected: !isSameRendering(base, head), base, head };
}
