import { isPartial, type Rendering } from '../model/rendering.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import { isAffected } from './affected.ts';
import type { KeptRenderings } from './kept/keptRenderings.ts';
import { stillHolds } from './kept/keptTrace.ts';
import { type RenderContext, renderTarget } from './renderTarget.ts';

/** A rendering under way or done, with the commit that it was asked of. */
interface Known {
  readonly snapshot: Snapshot;
  readonly rendering: Promise<Rendering>;
}

/**
 * Renders targets, each combination of source and files once: targets of equal sources
 * share a rendering, and so do the two commits where the trace says that all that was read
 * is equal at both. What an earlier review rendered of the same is taken up.
 */
export class Renderer {
  readonly #context: Omit<RenderContext, 'snapshot'>;
  readonly #kept: Pick<KeptRenderings, 'find' | 'keep'> | null;
  readonly #known = new Map<string, Known[]>();
  /** What was taken up, and could not be used. */
  readonly #whole = new Set<string>();

  constructor(
    context: Omit<RenderContext, 'snapshot'>,
    kept: Pick<KeptRenderings, 'find' | 'keep'> | null = null,
  ) {
    this.#context = context;
    this.#kept = kept;
  }

  /** @throws as {@link renderTarget} does. */
  async render(target: Target, snapshot: Snapshot): Promise<Rendering> {
    const key = keyOf(target);
    const known = this.#known.get(key) ?? [];
    this.#known.set(key, known);
    let one = known.find((other) => other.snapshot.commit === snapshot.commit);
    if (one === undefined) {
      one = { snapshot, rendering: this.#reuseOrRender(target, snapshot, [...known]) };
      known.push(one);
    }
    return { ...(await one.rendering), target };
  }

  /** The same with all of its resources, whatever is kept of it. */
  async renderWhole(target: Target, snapshot: Snapshot): Promise<Rendering> {
    const found = await this.render(target, snapshot);
    if (!isPartial(found)) return found;
    const key = keyOf(target);
    if (!this.#whole.has(key)) {
      this.#whole.add(key);
      this.#known.delete(key);
    }
    return this.render(target, snapshot);
  }

  /** Keeps what was rendered for later reviews. */
  async keep(): Promise<void> {
    const kept = this.#kept;
    if (kept === null) return;
    for (const [key, known] of this.#known) {
      const done = new Set<unknown>();
      for (const { rendering, snapshot } of known) {
        const found = await rendering;
        if (found.target.source.tool !== 'none' && !done.has(found.trace))
          await kept.keep(key, found, snapshot);
        done.add(found.trace);
      }
    }
  }

  async #reuseOrRender(target: Target, snapshot: Snapshot, known: readonly Known[]): Promise<Rendering> {
    for (const { rendering, snapshot: rendered } of known) {
      const found = await rendering;
      if (isPartial(found)) {
        if (stillHolds(found.trace, snapshot)) return found;
        continue;
      }
      // A render that was cut short left no full trace, so it must not count as unaffected.
      const complete = found.status === 'rendered' || found.trace.length > 0 || target.source.tool === 'none';
      if (complete && !isAffected(found.trace, { rendered, other: snapshot })) return found;
    }
    const key = keyOf(target);
    const kept =
      target.source.tool === 'none' || this.#whole.has(key) ? null : await this.#kept?.find(key, snapshot);
    return kept ? { ...kept, target } : renderTarget(target, { ...this.#context, snapshot });
  }
}

/** True where two renderings are one: of the same source and of equal files. */
export function isSameRendering(one: Rendering | null, other: Rendering | null): boolean {
  return one !== null && other !== null && one.trace === other.trace;
}

/** What is not followed depends on the folder as well. */
function keyOf({ source, path }: Target): string {
  return source.tool === 'none' ? JSON.stringify([source, path]) : source.key;
}
