import { isAppliedOtherwise } from '../compare/rollout.ts';
import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { Discovery } from '../model/discovery.ts';
import type { NamedInput } from '../model/remoteInputs.ts';
import type { Rendering } from '../model/rendering.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import { isSameRendering } from '../render/renderer.ts';
import { namedInputs } from '../targets/namedInputs.ts';
import { saysTheSame } from '../targets/operator.ts';
import { readPlainObjects } from '../targets/plainObjects.ts';
import { type DiscoverContext, discover } from './discover.ts';
import { isUsedByObject } from './handedOver.ts';
import { standInTargets, vanishedTargets } from './vanished.ts';

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
  // One after the other: the head then finds the base's renderings, what may be fetched for it is
  // known by what the base names, and what was made there.
  const base = await discover({ ...context, snapshot: context.base });
  context.remote.baseIsRead(await namedByBase(context, base));
  const madeBefore = base.objects.filter(({ place }) => place.in === 'object');
  const head = await discover({ ...context, snapshot: context.head, madeBefore });
  const compared = await compareCommits({ base, head }, context);
  const sorted = compared.toSorted((a, b) => (a.target.id < b.target.id ? -1 : 1));
  return { compared: sorted, base, head };
}

/** What was found of both commits. */
interface Discoveries {
  readonly base: Discovery;
  readonly head: Discovery;
}

async function compareCommits(
  { base, head }: Discoveries,
  {
    renderer,
    ...snapshots
  }: Pick<DiscoverContext, 'renderer'> & { readonly base: Snapshot; readonly head: Snapshot },
): Promise<ComparedTarget[]> {
  const before = new Map(base.renderings.map((rendering) => [keyAcross(rendering.target), rendering]));
  const after = new Set(head.renderings.map(({ target }) => keyAcross(target)));
  const vanished = vanishedTargets(base, head);
  const standIns = standInTargets(vanished, base, head);
  const atBase = { snapshot: snapshots.base, discovery: base };
  const atHead = { snapshot: snapshots.head, discovery: head };
  /** A folder that no object uses any more has the base that it would have had by itself. */
  const baseOf = async ({ target }: Rendering) =>
    before.get(keyAcross(target)) ??
    (isUsedByObject(target, atBase) ? await renderer.render(target, snapshots.base) : null);
  const ofHead = head.renderings
    .filter(({ target }) => !standIns.has(target.id))
    .map(async (rendering) => comparedOf(await baseOf(rendering), rendering, { base, head }));
  const ofBase = base.renderings
    .filter(({ target }) => !after.has(keyAcross(target)))
    .map((rendering): ComparedTarget => {
      const { target } = rendering;
      const gone = { target, affected: true, base: rendering, head: vanished.get(target.id) ?? null };
      return isUsedByObject(target, atHead) ? { ...gone, handedOver: true } : gone;
    });
  return [...(await Promise.all(ofHead)), ...ofBase];
}

function comparedOf(before: Rendering | null, after: Rendering, discoveries: Discoveries): ComparedTarget {
  const isSame =
    before !== null &&
    isSameRendering(before, after) &&
    isDecidedAlike([before, after], discoveries) &&
    !isAppliedOtherwise(after.target.id, discoveries);
  return { target: after.target, affected: !isSame, base: before, head: after };
}

/** What the base has operators fetch, rendered or not, and the base branch since then. */
async function namedByBase(
  {
    base,
    settingsCommit,
    settings,
    redactor,
    keptObjects,
  }: Pick<DiscoverContext, 'settings' | 'redactor' | 'keptObjects'> & {
    readonly base: Snapshot;
    readonly settingsCommit: Snapshot;
  },
  { objects }: Discovery,
): Promise<NamedInput[]> {
  const named = await namedInputs(base, objects);
  if (settingsCommit.commit === base.commit) return named;
  const since = await readPlainObjects(settingsCommit, { settings, redactor, keptObjects });
  return [...named, ...(await namedInputs(settingsCommit, since.objects))];
}

/** A folder keeps what it is where a chart or kustomization comes beside it, by which its id changes. */
function keyAcross({ kind, id, path, source }: Target): string {
  if (kind === 'kustomize') return `kustomize\n${path}`;
  return kind === 'helm' && source.tool !== 'none' ? `helm\n${source.key}` : id;
}

/**
 * What is not rendered of a target can only be compared by what decides it. Any may be applied
 * otherwise, where its object stands in a file and no rendering shows the change.
 */
function isDecidedAlike(
  [before, after]: readonly [Rendering, Rendering],
  { base, head }: Discoveries,
): boolean {
  const [one, other] = [base.unrendered.get(before.target.id), head.unrendered.get(after.target.id)];
  if (one !== other) return false;
  const records = [base.declared.get(before.target.id), head.declared.get(after.target.id)] as const;
  return records[1]?.appliedBy !== null || saysTheSame(...records);
}
