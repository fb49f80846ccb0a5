import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { SubjectViolation } from '../model/judgement.ts';
import type { Rendering } from '../model/rendering.ts';
import { type Resource, withoutHash } from '../model/resource.ts';
import { HIDDEN_KEY } from '../model/secretValue.ts';
import type { Target } from '../model/target.ts';
import type { CommittedValue } from './committed.ts';
import { plainValuesOf, renderedViolation } from './findSecretsInResource.ts';
import type { Unexplained } from './secretCauses.ts';
import type { FoundSecrets } from './secretStatus.ts';

/** What is known of values at one side, before its rendered Secrets are judged. */
export interface SideSecrets {
  /** What the search of the sources, and of the texts that make rendered values, found. */
  readonly found: readonly FoundSecrets[];
  /** Identities of values that a chart makes up at random, so that no file contains them. */
  readonly random: ReadonlySet<string>;
  /** Identities of values that a text of the commit is known to make. */
  readonly committed: ReadonlySet<string>;
  /** Digests of the texts that make them. */
  readonly texts: ReadonlySet<string>;
}

/** Both commits. */
export interface SourceSecrets {
  readonly base: SideSecrets;
  readonly head: SideSecrets;
}

/**
 * Finds what the search of the sources cannot: values that reach a rendered Secret from a
 * file of another name or kind, or through replacements and transformers.
 * @returns the violations of each commit. One of the head whose values the base has, too, is given for
 *   both commits, so that it counts as existing.
 */
export function judgeRenderedSecrets(
  compared: readonly ComparedTarget[],
  sources: SourceSecrets,
): Record<'before' | 'after', SubjectViolation[]> {
  const before: SubjectViolation[] = [];
  const after: SubjectViolation[] = [];
  // A folder that is renamed is a target that goes and one that comes.
  const moved = compared.filter(({ head }) => head === null).flatMap(({ base }) => knownIn(base));
  const found = compared.flatMap(({ base, head }) => {
    const known = new Set([...knownIn(base), ...moved]);
    return unexplainedIn(head, sources.head).map((one) => ({
      one,
      isNew: one.values.some((value) => !known.has(idOf(one.resource, value))),
    }));
  });
  for (const { one, isNew } of found) {
    after.push(judgedOf(one));
    if (!isNew) before.push(judgedOf(one));
  }
  // A Secret with a new finding gets no "fixed" one besides, although an earlier value of it is gone.
  const told = new Set(found.map(({ one }) => stemOf(one.resource)));
  for (const { base, head } of compared) {
    if (head?.status === 'failed') continue;
    const known = new Set(knownIn(head));
    for (const one of unexplainedIn(base, sources.base)) {
      const stays = one.values.some((value) => known.has(idOf(one.resource, value)));
      if (!stays && !told.has(stemOf(one.resource))) before.push(judgedOf(one));
    }
  }
  return { before, after };
}

/** Identities of the values that only renderings show. */
export function valuesOnlyRendered(
  renderings: readonly (Rendering | null)[],
  known: SideSecrets,
): Set<string> {
  const unexplained = renderings.flatMap((rendering) => unexplainedIn(rendering, known));
  return new Set(unexplained.flatMap(({ values }) => values.map(({ value }) => value.identity())));
}

/** Rendered Secrets with values that nothing explains yet. */
export function unexplainedValues(
  renderings: readonly (Rendering | null)[],
  found: readonly FoundSecrets[],
): Unexplained[] {
  return renderings.flatMap((rendering) => notFound(rendering, found));
}

function notFound(rendering: Rendering | null, found: readonly FoundSecrets[]): Unexplained[] {
  if (rendering?.status !== 'rendered') return [];
  const read = new Set(rendering.trace.filter(({ state }) => state === 'file').map(({ path }) => path));
  const explaining = found.filter(
    ({ path, targets }) => targets?.includes(rendering.target.id) ?? read.has(path),
  );
  const values = new Set(explaining.flatMap(({ violation }) => violation.values.map(identityOf)));
  return rendering.resources.flatMap((resource) => {
    const left = plainValuesOf(resource).filter(
      (value) => !values.has(identityOf(value)) && !isUnnamed(value, resource, explaining),
    );
    return left.length === 0 ? [] : [{ rendering, resource, values: left }];
  });
}

/** What is left of them, and committed. */
function unexplainedIn(
  rendering: Rendering | null,
  { found, random, committed }: SideSecrets,
): Unexplained[] {
  return notFound(rendering, found).flatMap((one) => {
    const values = one.values.filter((value) => {
      const identity = identityOf(value);
      return !random.has(identity) && (committed.has(identity) || !isMadeElsewhere(one.rendering.target));
    });
    return values.length === 0 ? [] : [{ ...one, values }];
  });
}

/** True for a fetched chart: the values that it gives its own Secrets are not committed in this repository. */
function isMadeElsewhere({ source }: Target): boolean {
  return source.tool === 'helm' && 'archive' in source.chart;
}

/** Of a value without a name the name is a part, in a rendering only. */
function isUnnamed({ key }: CommittedValue, resource: Resource, found: readonly FoundSecrets[]): boolean {
  return (
    key.startsWith(HIDDEN_KEY.slice(0, -1)) &&
    found.some(
      ({ violation: { resource: found } }) =>
        found !== null && found.name !== '' && resource.name.includes(found.name),
    )
  );
}

function knownIn(rendering: Rendering | null): string[] {
  if (rendering?.status !== 'rendered') return [];
  return rendering.resources.flatMap((resource) =>
    plainValuesOf(resource).map((value) => idOf(resource, value)),
  );
}

function judgedOf({ rendering: { target }, resource, values }: Unexplained): SubjectViolation {
  return { subject: { is: 'resource', target, resource }, violation: renderedViolation(resource, values) };
}

function idOf(resource: Resource, { key, value }: CommittedValue): string {
  return JSON.stringify([stemOf(resource), key, value.identity()]);
}

function stemOf({ namespace, name }: Resource): string {
  return JSON.stringify([namespace, withoutHash(name)]);
}

function identityOf({ value }: CommittedValue): string {
  return value.identity();
}
