import type { Rendering } from '../model/rendering.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import { isAffected } from './affected.ts';
import { type RenderContext, renderTarget } from './renderTarget.ts';

/** A rendering under way or done, with the commit that it was asked of. */
interface Known {
  readonly snapshot: Snapshot;
  readonly rendering: Promise<Rendering>;
}

/**
 * Renders targets, each combination of source and files once: targets of equal sources
 * share a rendering, and so do the two commits where the trace says that all that was read
 * is equal at both.
 */
export class Renderer {
  readonly #context: Omit<RenderContext, 'snapshot'>;
  readonly #known = new Map<string, Known[]>();

  constructor(context: Omit<RenderContext, 'snapshot'>) {
    this.#context = context;
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

  async #reuseOrRender(target: Target, snapshot: Snapshot, known: readonly Known[]): Promise<Rendering> {
    for (const { rendering, snapshot: rendered } of known) {
      const found = await rendering;
      // A render that was cut short left no full trace, so it must not count as unaffected.
      const complete = found.status === 'rendered' || found.trace.length > 0 || target.source.tool === 'none';
      if (complete && !isAffected(found.trace, { rendered, other: snapshot })) return found;
    }
    return renderTarget(target, { ...this.#context, snapshot });
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
