import type { Engine } from '../engine/engine.ts';
import type { Redactor } from '../model/redacted.ts';
import type { Rendering } from '../model/rendering.ts';
import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import { isAffected } from '../render/affected.ts';
import { renderTarget } from '../render/renderTarget.ts';
import { findTargets } from '../targets/findTargets.ts';

/** A target with its renderings. A side is null where the target does not exist there. */
export interface Sides {
  readonly target: Target;
  /** False: both sides are equal, and only the head's was rendered. */
  readonly affected: boolean;
  readonly base: Rendering | null;
  readonly head: Rendering | null;
}

/** What both commits are rendered with. */
export interface SidesContext {
  readonly base: Snapshot;
  readonly head: Snapshot;
  readonly settings: Settings;
  readonly engine: Engine;
  readonly redactor: Redactor;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Renders every target of the head, and at the base those that the trace says are
 * affected, or that exist only there. Sorted by target id.
 */
export async function renderSides(context: SidesContext): Promise<Sides[]> {
  const [before, after] = await Promise.all([
    findTargets(context.base, context.settings),
    findTargets(context.head, context.settings),
  ]);
  const known = new Set(after.map(({ id }) => id));
  const atBase = new Map(before.map((target) => [target.id, target]));
  const sides = await Promise.all([
    ...after.map((target) => renderHead(target, atBase.has(target.id), context)),
    ...before.filter(({ id }) => !known.has(id)).map((target) => renderRemoved(target, context)),
  ]);
  return sides.toSorted((a, b) => (a.target.id < b.target.id ? -1 : 1));
}

async function renderHead(target: Target, existed: boolean, context: SidesContext): Promise<Sides> {
  const head = await renderTarget(target, { ...context, snapshot: context.head });
  if (!existed) return { target, affected: true, base: null, head };
  if (!mayDiffer(head, context.base)) return { target, affected: false, base: head, head };
  const base = await renderTarget(target, { ...context, snapshot: context.base });
  return { target, affected: true, base, head };
}

async function renderRemoved(target: Target, context: SidesContext): Promise<Sides> {
  const base = await renderTarget(target, { ...context, snapshot: context.base });
  return { target, affected: true, base, head: null };
}

/** A render that was cut short left no trace; nobody may take it for unaffected. */
function mayDiffer(head: Rendering, base: Snapshot): boolean {
  return head.trace.length === 0 || isAffected(head.trace, base);
}
