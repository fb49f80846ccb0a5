import type { Facts } from '../../model/facts.ts';
import { hasRedacted } from '../../model/hasRedacted.ts';
import type { RenderedTarget, Rendering } from '../../model/rendering.ts';
import type { Resource } from '../../model/resource.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Trace } from '../../model/trace.ts';
import { keptTrace, stillHolds } from './keptTrace.ts';

/** The part of a resource that is kept for the rules which look at others; null where it may not be kept. */
export type PartOf = (resource: Resource) => Promise<Resource | null>;

/** A rendering as it is kept. */
interface Kept {
  readonly trace: Trace;
  readonly resources: readonly Resource[];
  readonly replacing?: readonly number[];
}

/** Renderings of one source are kept of so many trees: those of the base branch, and of a few pull requests. */
const MOST_TREES = 4;

/**
 * What earlier reviews rendered. A rendering is taken up only where all that its render read, listed
 * or looked for is the same at both commits under review: neither of them can render to something else.
 */
export class KeptRenderings {
  readonly #facts: Facts;
  readonly #commits: readonly Snapshot[];
  readonly #partOf: PartOf;

  constructor(
    facts: Facts,
    { commits, partOf }: { readonly commits: readonly Snapshot[]; readonly partOf: PartOf },
  ) {
    this.#facts = facts;
    this.#commits = commits;
    this.#partOf = partOf;
  }

  /**
   * @param key of the target's source.
   * @param snapshot the commit that it is asked of: one of the two, or one in between.
   */
  find(key: string, snapshot: Snapshot): Omit<RenderedTarget, 'target'> | null {
    const text = this.#facts.get(factKey(key)) ?? '';
    for (const one of texts(text)) {
      const [first = '[]', rest = '{}'] = one.split('\n');
      // Hydrant wrote it; see keep().
      const trace = JSON.parse(first) as Trace;
      if (![snapshot, ...this.#commits].every((commit) => stillHolds(trace, commit))) continue;
      return { status: 'rendered', trace, ...(JSON.parse(rest) as Omit<Kept, 'trace'>), isPart: true };
    }
    return null;
  }

  /** Keeps a rendering of one of the commits, unless something in it may not be kept. */
  async keep(key: string, rendering: Rendering, snapshot: Snapshot): Promise<void> {
    if (rendering.status === 'failed' || rendering.isPart === true || !isWhole(rendering)) return;
    const resources = await this.#partsOf(rendering);
    if (resources === null) return;
    const { replacing } = rendering;
    const rest = JSON.stringify({ resources, ...(replacing !== undefined && { replacing }) });
    const made = `${JSON.stringify(keptTrace(rendering.trace, snapshot))}\n${rest}`;
    const others = texts(this.#facts.get(factKey(key)) ?? '').filter((one) => one !== made);
    this.#facts.keep(factKey(key), [made, ...others].slice(0, MOST_TREES).join('\n\n'));
  }

  /** Nothing more is looked at once a part may not be kept: a search for credentials takes its time. */
  async #partsOf({ resources }: RenderedTarget): Promise<Resource[] | null> {
    if (resources.some(({ manifest }) => hasRedacted(manifest))) return null;
    const parts: Resource[] = [];
    for (const resource of resources) {
      const part = await this.#partOf(resource);
      if (part === null) return null;
      parts.push(part);
    }
    return parts;
  }
}

/** What was fetched, or left out, may be another thing at another time. */
function isWhole({ fetched, leftOut = [] }: RenderedTarget): boolean {
  return fetched !== true && leftOut.length === 0;
}

function factKey(key: string): string {
  return `rendering ${key}`;
}

/** JSON has no line breaks of its own. */
function texts(text: string): string[] {
  return text === '' ? [] : text.split('\n\n');
}
