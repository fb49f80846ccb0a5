import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { Discovery } from '../model/discovery.ts';
import type { NamedInput } from '../model/remoteInputs.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { isSameRendering } from '../render/renderer.ts';
import { namedInputs } from '../targets/namedInputs.ts';
import { readPlainObjects } from '../targets/plainObjects.ts';
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
  context: Omit<DiscoverContext, 'snapshot'> & {
    readonly base: Snapshot;
    readonly head: Snapshot;
    /** The base branch as it is now. */
    readonly settingsCommit: Snapshot;
  },
): Promise<BothCommits> {
  // One after the other: the head then finds the base's renderings, and what may be fetched for it
  // is known by what the base names.
  const base = await discover({ ...context, snapshot: context.base });
  context.remote.baseIsRead(await namedByBase(context, base));
  const head = await discover({ ...context, snapshot: context.head });
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

/** What the base has operators fetch, rendered or not, and the base branch since then. */
async function namedByBase(
  {
    base,
    settingsCommit,
    settings,
    redactor,
  }: Pick<DiscoverContext, 'settings' | 'redactor'> & {
    readonly base: Snapshot;
    readonly settingsCommit: Snapshot;
  },
  { objects }: Discovery,
): Promise<NamedInput[]> {
  const named = await namedInputs(base, objects);
  if (settingsCommit.commit === base.commit) return named;
  const since = await readPlainObjects(settingsCommit, { settings, redactor });
  return [...named, ...(await namedInputs(settingsCommit, since.objects))];
}

/** What is not rendered of a target can only be compared by what decides it. */
function isSameUnrendered(
  id: string,
  { base, head }: { readonly base: Discovery; readonly head: Discovery },
): boolean {
  return base.unrendered.get(id) === head.unrendered.get(id);
}
