import path from 'node:path';
import { append } from '../../../model/append.ts';
import type { Violation } from '../../../model/finding.ts';
import { appliedBy, type FoundObject, type ObjectViolation } from '../../../model/foundObject.ts';
import { groupBy } from '../../../model/groupBy.ts';
import { knownAs } from '../../../model/knownAs.ts';
import { type Told, told } from '../../../model/told.ts';
import { hostOf } from '../../operator.ts';
import { applicationId } from '../argoObjects.ts';

/** The Applications of a commit, and those of the base that ApplicationSets made. */
export interface NamedApplications {
  /** Those that nothing makes. */
  readonly there: readonly FoundObject[];
  /** Each ApplicationSet with the Applications that it would make. */
  readonly sets: readonly { readonly set: FoundObject; readonly made: readonly FoundObject[] }[];
  /** The ApplicationSets with an error. */
  readonly stuck: readonly FoundObject[];
  readonly before: readonly FoundObject[];
}

/** What there is of each name in the end, and what is wrong with it. */
export interface SettledApplications {
  readonly there: readonly FoundObject[];
  readonly made: readonly FoundObject[];
  readonly violations: readonly ObjectViolation[];
}

/**
 * Leaves one Application of each name, as Argo CD's controller does: of two of one name in an
 * ApplicationSet it makes neither, of two sets the one that has made it owns it, and a set takes
 * over an Application that nothing made. What a set with an error has made before stays.
 * @see https://github.com/argoproj/argo-cd/blob/master/applicationset/controllers/applicationset_controller.go (validateGeneratedApplications, createOrUpdateInCluster)
 */
export function settleNames({ there, sets, stuck, before }: NamedApplications): SettledApplications {
  const owners = new Map(before.map((application) => [applicationId(application), setKey(application)]));
  const violations: ObjectViolation[] = [];
  const wanted = sets.flatMap(({ set, made }) => {
    const { once, twice } = namedOnce(made);
    append(
      violations,
      twice.map((application) => refused(application, madeTwice(application))),
    );
    // What is refused is not deleted either.
    const names = new Set(twice.map(({ resource }) => resource.name));
    return [...once, ...earlier(set, before).filter(({ resource }) => names.has(resource.name))];
  });
  const kept = [...wanted, ...stuck.flatMap((set) => earlier(set, before))];
  const lost = new Set<FoundObject>();
  for (const rivals of groupBy([...there, ...kept], applicationId).values()) {
    if (rivals.length < 2) continue;
    const ranked = rivals.toSorted((one, other) => rank(one, owners) - rank(other, owners));
    for (const rival of ranked.slice(1)) {
      const found = rivalry(ranked[0] ?? rival, rival);
      if (found === null) continue;
      violations.push(found.violation);
      if (found.lost !== null) lost.add(found.lost);
    }
  }
  const stays = (application: FoundObject) => !lost.has(application);
  return { there: there.filter(stays), made: kept.filter(stays), violations };
}

function namedOnce(made: readonly FoundObject[]): { once: FoundObject[]; twice: FoundObject[] } {
  const byName = groupBy(made, ({ resource }) => resource.name);
  const isOnce = ({ resource }: FoundObject) => byName.get(resource.name)?.length === 1;
  return { once: made.filter(isOnce), twice: made.filter((application) => !isOnce(application)) };
}

/** What a set made at the base, as if it still did. */
function earlier(set: FoundObject, before: readonly FoundObject[]): FoundObject[] {
  const key = knownAs(set);
  return before
    .filter((application) => setKey(application) === key)
    .map((application) => ({
      ...application,
      place: { in: 'object', object: set, causeOf: () => ({ object: set, fieldPath: null }) },
    }));
}

/** First the set that owns an Application of this name, then other sets, then what nothing makes. */
function rank(application: FoundObject, owners: ReadonlyMap<string, string | null>): number {
  const set = setKey(application);
  if (set === null) return 2;
  return owners.get(applicationId(application)) === set ? 0 : 1;
}

/** What is wrong with two of one name, and which of them Argo CD does not have; null where nothing is. */
function rivalry(
  winner: FoundObject,
  loser: FoundObject,
): { readonly violation: ObjectViolation; readonly lost: FoundObject | null } | null {
  const [first, second] = [setOf(winner), setOf(loser)];
  // Nothing makes them: they are of two clusters, or whoever renders them is told.
  if (first === null) return null;
  const certain = isSameHost(first, second ?? loser);
  const lost = certain ? loser : null;
  if (second === null) {
    const said = certain ? takesOver(winner, first, loser) : mayTakeOver(winner, first, loser);
    return { violation: refused(winner, said, certain), lost };
  }
  const said = certain ? madeByOther(loser, first) : mayBeMadeByOther(loser, first);
  return { violation: refused(loser, said, certain), lost };
}

/** Where the cluster is unknown, only objects of one folder are surely of one cluster. */
function isSameHost(one: FoundObject, other: FoundObject): boolean {
  if (hostOf(one) !== null) return true;
  return folderOf(one) === folderOf(other);
}

function folderOf(object: FoundObject): string {
  const { place } = object;
  return place.in === 'file' ? path.posix.dirname(place.path) : `\n${appliedBy(object) ?? ''}`;
}

function setOf({ place }: FoundObject): FoundObject | null {
  return place.in === 'object' ? place.object : null;
}

function setKey(application: FoundObject): string | null {
  const set = setOf(application);
  return set === null ? null : knownAs(set);
}

function whereOf(object: FoundObject): string {
  return object.place.in === 'file' ? object.place.path : (appliedBy(object) ?? '');
}

function refused(object: FoundObject, { text, about }: Told, certain = true): ObjectViolation {
  const severity = certain ? 'error' : 'warning';
  const violation: Violation = {
    rule: 'render/applicationset',
    severity,
    message: text,
    about,
    fieldPath: null,
  };
  return { object, violation };
}

function madeTwice({ resource: { name } }: FoundObject): Told {
  return told('made-twice', {
    name,
  })`the ApplicationSet gives several Applications the name ${'name'}, so that Argo CD makes none of them`;
}

function madeByOther({ resource: { name } }: FoundObject, set: FoundObject): Told {
  return told('made-by-other', {
    name,
    by: set.resource.name,
  })`the Application ${'name'} cannot be made: the ApplicationSet ${'by'} makes one of that name`;
}

function mayBeMadeByOther({ resource: { name } }: FoundObject, set: FoundObject): Told {
  return told('may-be-made-by-other', {
    name,
    by: set.resource.name,
  })`the ApplicationSet ${'by'} makes an Application ${'name'}, too: unless the two are of different clusters, only the first of them makes it, and the other fails`;
}

function takesOver({ resource: { name } }: FoundObject, set: FoundObject, other: FoundObject): Told {
  return told('takes-over', {
    name,
    by: set.resource.name,
    where: whereOf(other),
  })`the ApplicationSet ${'by'} overwrites the Application ${'name'}, which ${'where'} has as well; keep one of them`;
}

function mayTakeOver({ resource: { name } }: FoundObject, set: FoundObject, other: FoundObject): Told {
  return told('may-take-over', {
    name,
    by: set.resource.name,
    where: whereOf(other),
  })`the ApplicationSet ${'by'} makes the Application ${'name'}, which ${'where'} has as well: unless the two are of different clusters, it overwrites that one`;
}
