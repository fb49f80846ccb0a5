import type { CommittedValue } from '../checks/secrets/committed.ts';
import {
  plainValuesOf,
  type RenderedValue,
  renderedViolation,
} from '../checks/secrets/findSecretsInResource.ts';
import type { RenderedTarget, Rendering } from '../model/rendering.ts';
import { type Resource, withoutHash } from '../model/resource.ts';
import { HIDDEN_KEY } from '../model/secretValue.ts';
import type { Target } from '../model/target.ts';
import type { Judged } from './judge.ts';
import type { Sides } from './renderSides.ts';
import type { FoundSecrets } from './secretStatus.ts';

/** What the search of the sources found, on both sides. */
export interface SourceSecrets {
  readonly base: readonly FoundSecrets[];
  readonly head: readonly FoundSecrets[];
}

/** A rendered Secret with values that no finding on a source explains. */
interface Unexplained {
  readonly rendering: RenderedTarget;
  readonly resource: Resource;
  readonly values: readonly RenderedValue[];
}

/**
 * Finds what the search of the sources cannot: values that reach a rendered Secret from a
 * file of another name or kind, or through replacements and transformers.
 * @returns what was found at each side. Both have one that is in the head but whose values
 *   are all in the base, so that it compares as existing.
 */
export function judgeRenderedSecrets(
  sides: readonly Sides[],
  sources: SourceSecrets,
): Record<'before' | 'after', Judged[]> {
  const before: Judged[] = [];
  const after: Judged[] = [];
  // A folder that is renamed is a target that goes and one that comes.
  const moved = sides.filter(({ head }) => head === null).flatMap(({ base }) => knownIn(base));
  const found = sides.flatMap(({ base, head }) => {
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
  // What is new about a Secret is told; that an earlier value of it is gone comforts nobody.
  const told = new Set(found.map(({ one }) => stemOf(one.resource)));
  for (const { base, head } of sides) {
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
  found: readonly FoundSecrets[],
): Set<string> {
  const unexplained = renderings.flatMap((rendering) => unexplainedIn(rendering, found));
  return new Set(unexplained.flatMap(({ values }) => values.map(({ value }) => value.identity())));
}

function unexplainedIn(rendering: Rendering | null, found: readonly FoundSecrets[]): Unexplained[] {
  if (rendering?.status !== 'rendered' || isMadeElsewhere(rendering.target)) return [];
  const read = new Set(rendering.trace.filter(({ state }) => state === 'file').map(({ path }) => path));
  const explaining = found.filter(({ path }) => read.has(path));
  const values = new Set(explaining.flatMap(({ violation }) => violation.values.map(identityOf)));
  return rendering.resources.flatMap((resource) => {
    const left = plainValuesOf(resource).filter(
      (value) => !values.has(identityOf(value)) && !isUnnamed(value, resource, explaining),
    );
    return left.length === 0 ? [] : [{ rendering, resource, values: left }];
  });
}

/** A chart that was fetched makes up what its Secrets hold; nobody committed it here. */
function isMadeElsewhere({ source }: Target): boolean {
  return source.tool === 'helm' && 'archive' in source.chart;
}

/** Of a value without a name the name is a part, in a rendering only. */
function isUnnamed({ key }: CommittedValue, resource: Resource, found: readonly FoundSecrets[]): boolean {
  return (
    key.startsWith(HIDDEN_KEY.slice(0, -1)) &&
    found.some(
      ({ violation }) => violation.resource.name !== '' && resource.name.includes(violation.resource.name),
    )
  );
}

function knownIn(rendering: Rendering | null): string[] {
  if (rendering?.status !== 'rendered') return [];
  return rendering.resources.flatMap((resource) =>
    plainValuesOf(resource).map((value) => idOf(resource, value)),
  );
}

function judgedOf({ rendering: { target }, resource, values }: Unexplained): Judged {
  return { target, resource, violation: renderedViolation(resource, values) };
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
