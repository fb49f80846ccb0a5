import { locate } from '../locate/locate.ts';
import type { Location } from '../model/finding.ts';
import type { FieldPath } from '../model/manifest.ts';
import type { Origin } from '../model/rendering.ts';
import type { Resource } from '../model/resource.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import { type RenderContext, renderOrigins } from '../render/renderTarget.ts';

/** A field of a rendered resource; null for the resource as a whole. */
export interface RenderedField {
  readonly target: Target;
  readonly resource: Resource;
  readonly fieldPath: FieldPath | null;
  /** What the finding says: it may name fields that are missing. */
  readonly message?: string;
}

/** Tells the lines of one commit that cause rendered fields. */
export class Placer {
  readonly #context: RenderContext;
  /** Each target's origins are asked for once, when its first finding needs them. */
  readonly #origins = new Map<string, Promise<readonly Origin[]>>();

  /** @param context renders the commit. */
  constructor(context: RenderContext) {
    this.#context = context;
  }

  get snapshot(): Snapshot {
    return this.#context.snapshot;
  }

  /** Null where no file of the commit causes the field, or nobody can tell which. */
  async of({ target, resource, fieldPath, message = '' }: RenderedField): Promise<Location | null> {
    const origin = (await this.#originsOf(target))[resource.index];
    if (origin === undefined) return null;
    return locate({ snapshot: this.snapshot, resource, origin, fieldPath, message });
  }

  #originsOf(target: Target): Promise<readonly Origin[]> {
    const key = JSON.stringify(target.source);
    const known = this.#origins.get(key) ?? renderOrigins(target, this.#context);
    this.#origins.set(key, known);
    return known;
  }
}
