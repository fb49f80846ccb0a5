import { isDeepStrictEqual } from 'node:util';
import type { Facts } from '../../model/facts.ts';
import type { AskedInput, FetchedInput, RefusedInput } from '../../model/fetchedInput.ts';
import { hasRedacted } from '../../model/hasRedacted.ts';
import { shownAddress } from '../../model/remoteInputs.ts';
import type { FailedRendering, RenderedTarget, Rendering } from '../../model/rendering.ts';
import type { Resource } from '../../model/resource.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Trace } from '../../model/trace.ts';
import { keptTrace, stillHolds } from './keptTrace.ts';

/** The part of a resource that is kept for the rules which look at others; null where it may not be kept. */
export type PartOf = (resource: Resource) => Promise<Resource | null>;

/** A rendering as it is kept, but for its trace. */
type Kept = Omit<RenderedTarget, 'target' | 'trace'> | Omit<FailedRendering, 'target' | 'trace'>;

/** A rendering that an earlier review kept; its target is for whoever asked to say. */
export type Found = Omit<RenderedTarget, 'target'> | Omit<FailedRendering, 'target'>;

/** What another place says of something now, where that tells whether it is still the same. */
export type AskAgain = (asked: AskedInput) => Promise<{ readonly id: string } | { readonly refused: string }>;

/** What kept renderings are held against. */
interface Reviewed {
  readonly commits: readonly Snapshot[];
  readonly partOf: PartOf;
  readonly askAgain: AskAgain;
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
  async find(key: string, snapshot: Snapshot): Promise<Found | null> {
    const { commits } = this.#reviewed;
    const text = this.#facts.get(factKey(key)) ?? '';
    for (const one of texts(text)) {
      const [first = '[]', rest = '{}'] = one.split('\n');
      // Hydrant wrote it; see keep().
      const trace = JSON.parse(first) as Trace;
      if (![snapshot, ...commits].every((commit) => stillHolds(trace, commit))) continue;
      const kept = JSON.parse(rest) as Kept;
      if (await this.#isAnsweredTheSame(kept)) return { ...kept, trace, isPart: true };
    }
    return null;
  }

  /** Whether other places have still what they had, and what was refused still is. */
  async #isAnsweredTheSame(kept: Kept): Promise<boolean> {
    const { askAgain } = this.#reviewed;
    const refused = kept.status === 'failed' ? (kept.refused ?? []) : [];
    const same = await Promise.all(
      [...(kept.fetched ?? []), ...refused].map(async ({ asked, ...had }) =>
        isDeepStrictEqual(await askAgain(asked), had),
      ),
    );
    return same.every(Boolean);
  }

  /** Keeps a rendering of one of the commits, unless something in it may not be kept. */
  async keep(key: string, rendering: Rendering, snapshot: Snapshot): Promise<void> {
    const kept = await this.#keptOf(rendering);
    if (kept === null) return;
    const made = `${JSON.stringify(keptTrace(rendering.trace, snapshot))}\n${JSON.stringify(kept)}`;
    const others = texts(this.#facts.get(factKey(key)) ?? '').filter((one) => one !== made);
    this.#facts.keep(factKey(key), [made, ...others].slice(0, MOST_TREES).join('\n\n'));
  }

  async #keptOf(rendering: Rendering): Promise<Kept | null> {
    if (rendering.isPart === true) return null;
    const { status, fetched } = rendering;
    if (status === 'failed') {
      const { problem, refused } = rendering;
      return refused !== undefined && isOpenRefusal(rendering) ? { status, problem, fetched, refused } : null;
    }
    if (!isWhole(rendering)) return null;
    const resources = await this.#partsOf(rendering);
    const { replacing } = rendering;
    return resources && { status, resources, ...(replacing && { replacing }), ...(fetched && { fetched }) };
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

/**
 * A failure is the same again where it is for want of something of another place, and of that alone. Any
 * other may be one of this machine, or tell a value of the files.
 */
function isOpenRefusal({ problem: { subject }, fetched = [], refused = [] }: FailedRendering): boolean {
  const isOpen = subject === null || shownAddress(subject) === withoutRevision(subject, refused);
  return isOpen && [...fetched, ...refused].every(hasOpenAddress);
}

/** A revision that a repository is asked for stands in its address, and holds no secret. */
function withoutRevision(subject: string, refused: readonly RefusedInput[]): string {
  const revisions = refused.flatMap(({ asked }) =>
    asked.kind === 'repository' ? [`?ref=${asked.ref}`] : [],
  );
  const revision = revisions.find((end) => subject.endsWith(end)) ?? '';
  return subject.slice(0, subject.length - revision.length);
}

/** Whether nothing is left out of an address where it is shown, such as a password or a signature. */
function hasOpenAddress({ asked }: Pick<FetchedInput | RefusedInput, 'asked'>): boolean {
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
