import type { LooserKey } from '../compare/findings.ts';
import { fingerprint, fingerprintWithout } from '../compare/fingerprint.ts';
import { type Moved, movedResources, sameOrMoved } from '../compare/moved.ts';
import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { Violation } from '../model/finding.ts';
import type { Subject, SubjectViolation } from '../model/judgement.ts';
import type { Rendering } from '../model/rendering.ts';
import { type Resource, withoutHash } from '../model/resource.ts';
import type { Target } from '../model/target.ts';

/**
 * How findings of the base are recognised at the head where nothing became worse: items of
 * lists without names have moved, or only names differ, the resource's or that of the target
 * (its folder).
 */
export function movedResourceKeys(compared: readonly ComparedTarget[]): LooserKey<SubjectViolation>[] {
  const pairs = numbered([...withinTargets(compared), ...acrossMovedTargets(compared)]);
  const movedItem = alike((one) => (isByContent(one) ? ofContent(one, one.subject.target.id) : null));
  const otherName = alike((one) => ofPair(one, pairs, 'position'));
  const otherNameAndMovedItem = alike((one) => (isByContent(one) ? ofPair(one, pairs, 'content') : null));
  return [movedItem, otherName, otherNameAndMovedItem];
}

/** A violation of a rendered resource. */
interface OnResource {
  readonly subject: Extract<Subject, { is: 'resource' }>;
  readonly violation: Violation;
}

/** Other subjects are recognised otherwise. */
function alike(keyOf: (one: OnResource) => string | null): LooserKey<SubjectViolation> {
  const key = ({ subject, violation }: SubjectViolation) =>
    subject.is === 'resource' ? keyOf({ subject, violation }) : null;
  return { base: key, head: key };
}

function isByContent({ violation: { fieldPath } }: OnResource): boolean {
  return fieldPath?.some((step) => typeof step === 'number') === true;
}

function ofContent({ subject: { resource }, violation }: OnResource, where: string): string {
  return `${where}\n${fingerprint({ violation, resource }, 'content')}`;
}

/** Two resources that are one, with all names that a message may call it by at either commit. */
interface Pair {
  readonly number: number;
  readonly names: readonly string[];
}

function ofPair(
  { subject: { resource }, violation }: OnResource,
  pairs: ReadonlyMap<Resource, Pair>,
  by: 'position' | 'content',
): string | null {
  const pair = pairs.get(resource);
  if (pair === undefined) return null;
  return JSON.stringify([pair.number, fingerprintWithout(pair.names, { violation, resource }, by)]);
}

function numbered(pairs: readonly MovedIn[]): Map<Resource, Pair> {
  return new Map(
    pairs.flatMap(({ base, head, targets }, number) => {
      const all = [base, head].flatMap(({ name, namespace }) => [name, withoutHash(name), namespace ?? '']);
      const around = targets.flatMap(({ id, path, environment }) => [id, path, environment ?? '']);
      // A name may be a part of the other.
      const names = [...new Set([...all, ...around])].toSorted((a, b) => b.length - a.length);
      return [base, head].map((resource) => [resource, { number, names }] as const);
    }),
  );
}

/** Resources that moved, with the targets that they are in. */
type MovedIn = Moved & { readonly targets: readonly Target[] };

function withinTargets(compared: readonly ComparedTarget[]): MovedIn[] {
  return compared.flatMap(({ target, base, head }) =>
    movedResources(resourcesOf(base), resourcesOf(head)).map((pair) => ({ ...pair, targets: [target] })),
  );
}

/** Each target that is gone with the one that appears and has the most of its resources. */
function acrossMovedTargets(compared: readonly ComparedTarget[]): MovedIn[] {
  const added = new Set(compared.filter(({ base }) => base === null));
  return compared
    .filter(({ head }) => head === null)
    .flatMap((gone) => {
      const candidates = [...added]
        .filter(({ target }) => target.kind === gone.target.kind)
        .map((other) => ({ other, pairs: sameOrMoved(resourcesOf(gone.base), resourcesOf(other.head)) }));
      const best = candidates.toSorted((a, b) => b.pairs.length - a.pairs.length)[0];
      if (best === undefined || best.pairs.length === 0) return [];
      added.delete(best.other);
      return best.pairs.map((pair) => ({ ...pair, targets: [gone.target, best.other.target] }));
    });
}

function resourcesOf(rendering: Rendering | null): readonly Resource[] {
  return rendering?.status === 'rendered' ? rendering.resources : [];
}
