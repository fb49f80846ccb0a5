import type { Discovery } from '../model/discovery.ts';
import type { Redactor } from '../model/redacted.ts';
import type { Rendering } from '../model/rendering.ts';
import { isManifestFile } from '../model/reviewedFiles.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { RenderEngine } from '../render/withRemotes.ts';
import type { FoundSecrets } from './committed.ts';
import { unexplainedValues } from './renderedSecrets.ts';
import { explainValues } from './secretCauses.ts';

/** What is needed to render a commit between base and head. */
export interface CommitRendering {
  /** Finds and renders the targets of a commit. What is equal at base or head is not rendered again. */
  readonly discoverAt: (snapshot: Snapshot) => Promise<Discovery>;
  readonly engine: Pick<RenderEngine, 'findCauses'>;
  readonly redactor: Redactor;
  readonly signal?: AbortSignal | undefined;
}

/** What the rendering of a commit shows, and which of its targets were searched without one. */
export interface CommitRendered {
  readonly found: readonly FoundSecrets[];
  /** Ids of targets that do not render in this commit alone, sorted. */
  readonly unrendered: readonly string[];
}

/**
 * Finds the texts of a commit that only its rendering shows to be a Secret's: a value of a chart, what a
 * replacement copies.
 * @param known identities of values that need no finding.
 * @param failing ids of targets that are known not to render, whatever the commit.
 */
export async function renderedInCommit(
  snapshot: Snapshot,
  { known, failing }: { readonly known: ReadonlySet<string>; readonly failing: ReadonlySet<string> },
  { discoverAt, ...context }: CommitRendering,
): Promise<CommitRendered> {
  const { renderings, declared } = await discoverAt(snapshot);
  const unrendered = failedIn(renderings).filter((id) => !failing.has(id));
  const left = unexplainedValues(renderings, []).flatMap((one) => {
    const values = one.values.filter(({ value }) => !known.has(value.identity()));
    return values.length === 0 ? [] : [{ ...one, values }];
  });
  if (left.length === 0) return { found: [], unrendered };
  const { found } = await explainValues(left, { ...context, snapshot, renderings, declared });
  return { found, unrendered };
}

/** The targets that render at none of the commits that these are of: the review of the head says so. */
export function failingThroughout(renderings: readonly Rendering[]): ReadonlySet<string> {
  const rendered = new Set(
    renderings.flatMap(({ status, target }) => (status === 'rendered' ? [target.id] : [])),
  );
  return new Set(failedIn(renderings).filter((id) => !rendered.has(id)));
}

function failedIn(renderings: readonly Rendering[]): string[] {
  return renderings.flatMap(({ status, target }) => (status === 'failed' ? [target.id] : []));
}

/**
 * Tells of a file whether rendering may read it: its name is a manifest's, or a rendering of base or head
 * has read or looked for it.
 */
export function mayBeRendered(renderings: readonly Rendering[]): (path: string) => boolean {
  const read = new Set(renderings.flatMap(({ trace }) => trace.map(({ path }) => path)));
  return (path) => isManifestFile(path) || read.has(path);
}
