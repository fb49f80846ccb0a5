import type { Facts } from '../../model/facts.ts';
import type { FetchedInput } from '../../model/fetchedInput.ts';
import { hasRedacted } from '../../model/hasRedacted.ts';
import { shownAddress } from '../../model/remoteInputs.ts';
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
  readonly fetched?: readonly FetchedInput[];
}

/** What kept renderings are held against. */
interface Reviewed {
  readonly commits: readonly Snapshot[];
  readonly partOf: PartOf;
  /** Whether another place has still the same for each of these. */
  readonly isStillThere: (input: FetchedInput) => Promise<boolean>;
}

/** Renderings of one source are kept of so many trees: those of the base branch, and of a few pull requests. */
const MOST_TREES = 4;

/**
 * What earlier reviews rendered. A rendering is taken up only where all that its render read, listed
 * or looked for is the same at both commits under review, and all that it fetched is still what other places have:
 * neither of the two can render to something else.
 */
export class KeptRenderings {
  readonly #facts: Facts;
  readonly #reviewed: Reviewed;

  constructor(facts: Facts, reviewed: Reviewed) {
    this.#facts = facts;
    this.#reviewed = reviewed;
  }

  /**
   * @param key of the target's source.
   * @param snapshot the commit that it is asked of: one of the two, or one in between.
   */
  async find(key: string, snapshot: Snapshot): Promise<Omit<RenderedTarget, 'target'> | null> {
    const { commits, isStillThere } = this.#reviewed;
    const text = this.#facts.get(factKey(key)) ?? '';
    for (const one of texts(text)) {
      const [first = '[]', rest = '{}'] = one.split('\n');
      // Hydrant wrote it; see keep().
      const trace = JSON.parse(first) as Trace;
      if (![snapshot, ...commits].every((commit) => stillHolds(trace, commit))) continue;
      const { fetched = [], ...kept } = JSON.parse(rest) as Omit<Kept, 'trace'>;
      const same = await Promise.all(fetched.map(isStillThere));
      if (same.every(Boolean)) return { status: 'rendered', trace, ...kept, isPart: true };
    }
    return null;
  }

  /** Keeps a rendering of one of the commits, unless something in it may not be kept. */
  async keep(key: string, rendering: Rendering, snapshot: Snapshot): Promise<void> {
    if (rendering.status === 'failed' || rendering.isPart === true || !isWhole(rendering)) return;
    const resources = await this.#partsOf(rendering);
    if (resources === null) return;
    const { replacing, fetched } = rendering;
    const rest = JSON.stringify({ resources, replacing, fetched });
    const made = `${JSON.stringify(keptTrace(rendering.trace, snapshot))}\n${rest}`;
    const others = texts(this.#facts.get(factKey(key)) ?? '').filter((one) => one !== made);
    this.#facts.keep(factKey(key), [made, ...others].slice(0, MOST_TREES).join('\n\n'));
  }

  /** Nothing more is looked at once a part may not be kept: a search for credentials takes its time. */
  async #partsOf({ resources }: RenderedTarget): Promise<Resource[] | null> {
    if (resources.some(({ manifest }) => hasRedacted(manifest))) return null;
    const parts: Resource[] = [];
    for (const resource of resources) {
      const part = await this.#reviewed.partOf(resource);
      if (part === null) return null;
      parts.push(part);
    }
    return parts;
  }
}

/** What was left out may be another thing at another time. */
function isWhole({ fetched = [], leftOut = [] }: RenderedTarget): boolean {
  return leftOut.length === 0 && fetched.every(hasOpenAddress);
}

/** Whether nothing is left out of an address where it is shown, such as a password or a signature. */
function hasOpenAddress({ asked }: FetchedInput): boolean {
  const address = asked.kind === 'file' ? asked.url : asked.repository;
  return shownAddress(address) === address;
}

function factKey(key: string): string {
  return `rendering ${key}`;
}

/** JSON has no line breaks of its own. */
function texts(text: string): string[] {
  return text === '' ? [] : text.split('\n\n');
}
