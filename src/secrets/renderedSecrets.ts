import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { Judgement, SubjectViolation } from '../model/judgement.ts';
import type { Rendering } from '../model/rendering.ts';
import { type Resource, withoutHash } from '../model/resource.ts';
import { HIDDEN_KEY } from '../model/secretValue.ts';
import type { Target } from '../model/target.ts';
import { type CommittedValue, copyOf, type FoundSecrets } from './committed.ts';
import { plainValuesOf, renderedViolation } from './findSecretsInResource.ts';
import type { Unexplained } from './secretCauses.ts';

/** What is known of values at one side, before its rendered Secrets are judged. */
export interface SideSecrets {
  /** What the search of the sources, and of the texts that make rendered values, found. */
  readonly found: readonly FoundSecrets[];
  /** Identities of values that a chart makes up at random, so that no file contains them. */
  readonly random: ReadonlySet<string>;
  /** Identities of values that a text of the commit is known to make. */
  readonly committed: ReadonlySet<string>;
}

/** Both commits. */
export interface SourceSecrets {
  readonly base: SideSecrets;
  readonly head: SideSecrets;
}

/**
 * Finds what the search of the sources cannot: values that reach a rendered Secret from a
 * file of another name or kind, or through replacements and transformers.
 * @returns the violations of each commit, and the names of all values that its Secrets have.
 */
export function judgeRenderedSecrets(
  compared: readonly ComparedTarget[],
  sources: SourceSecrets,
): Pick<Judgement, 'before' | 'after'> & { readonly known: Record<'before' | 'after', string[]> } {
  // A folder that is renamed is a target that goes and one that comes.
  const gone = compared.filter(({ head }) => head === null);
  return {
    before: compared.flatMap(({ base }) => unexplainedIn(base, sources.base).map(toViolation)),
    after: compared.flatMap(({ head }) => unexplainedIn(head, sources.head).map(toViolation)),
    known: {
      before: [
        ...compared.flatMap(({ target, base }) => namesIn(base, target.id)),
        ...gone.flatMap(({ base }) => namesIn(base, MOVED)),
      ],
      after: compared.flatMap(({ target, head }) => namesIn(head, target.id)),
    },
  };
}

/** The values that only renderings show. */
export function valuesOnlyRendered(
  renderings: readonly (Rendering | null)[],
  known: SideSecrets,
): CommittedValue[] {
  return renderings.flatMap((rendering) => unexplainedIn(rendering, known)).flatMap(({ values }) => values);
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

/** Where the values are said to be that a target had which is gone. */
const MOVED = null;

function namesIn(rendering: Rendering | null, where: string | null): string[] {
  if (rendering?.status !== 'rendered') return [];
  return rendering.resources.flatMap((resource) =>
    plainValuesOf(resource).map((value) => nameOf(value, { where, resource })),
  );
}

function toViolation({ rendering: { target }, resource, values }: Unexplained): SubjectViolation {
  return {
    subject: { is: 'resource', target, resource },
    violation: renderedViolation(resource, values),
    values: {
      owner: JSON.stringify(['rendered', stemOf(resource)]),
      all: values.map((value) => ({
        counted: null,
        names: [target.id, MOVED].map((where) => nameOf(value, { where, resource })),
      })),
      copy: copyOf(values),
    },
  };
}

function nameOf(
  { key, value }: CommittedValue,
  { where, resource }: { readonly where: string | null; readonly resource: Resource },
): string {
  return JSON.stringify(['rendered', where, stemOf(resource), key, value.identity()]);
}

function stemOf({ namespace, name }: Resource): string {
  return JSON.stringify([namespace, withoutHash(name)]);
}

function identityOf({ value }: CommittedValue): string {
  return value.identity();
}
