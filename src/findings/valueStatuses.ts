import type { Judgement, SubjectViolation, ValueIdentity } from '../model/judgement.ts';

/** The violations about values at the two commits, and what else each commit knows of values. */
export interface ValueViolations {
  readonly before: readonly SubjectViolation[];
  readonly after: readonly SubjectViolation[];
  readonly known: NonNullable<Judgement['known']>;
}

/**
 * Compares violations by the values that they are about: one is new when one of its values was not
 * there at the base. One of several values that goes makes it neither new nor fixed: it is
 * fixed only when all are gone, and their owner has no violation at the head.
 * @returns those of the head that are not new, and those of the base that are gone.
 */
export function valueStatuses({ before, after, known }: ValueViolations): {
  existing: SubjectViolation[];
  fixed: SubjectViolation[];
} {
  const waiting = new Waiting(before);
  // What stays in its file is matched first, so that of two copies the newer is the new one.
  const unmatched = after.map((one) => valuesOf(one).filter((value) => !waiting.take(value, pathOf(one))));
  const fresh = unmatched.map((values) => values.filter((value) => !waiting.take(value)));
  const isKnown = ({ names }: ValueIdentity, there: ReadonlySet<string>) =>
    names.some((name) => there.has(name));
  const existing = after.filter((_, index) => fresh[index]?.every((value) => isKnown(value, known.before)));
  const told = new Set(after.map(({ values }) => values?.owner ?? null).filter((owner) => owner !== null));
  const isGone = (one: SubjectViolation) =>
    !waiting.taken.has(one) &&
    !told.has(one.values?.owner ?? '') &&
    !valuesOf(one).some((value) => isKnown(value, known.after));
  return { existing, fixed: before.filter(isGone) };
}

/** The base's violations by the values that none of the head's has taken yet. */
class Waiting {
  readonly taken = new Set<SubjectViolation>();
  readonly #byValue = new Map<string, SubjectViolation[]>();

  constructor(before: readonly SubjectViolation[]) {
    for (const one of before) {
      for (const { counted } of valuesOf(one)) {
        if (counted !== null) this.#byValue.set(counted, [...(this.#byValue.get(counted) ?? []), one]);
      }
    }
  }

  /** Takes a value of a violation, of one in that file if a path is given; false where none is left. */
  take({ counted }: ValueIdentity, path?: string | null): boolean {
    if (counted === null) return false;
    const all = this.#byValue.get(counted) ?? [];
    const found = all.find((one) => path === undefined || pathOf(one) === path);
    if (found === undefined) return false;
    this.taken.add(found);
    this.#byValue.set(
      counted,
      all.filter((one) => one !== found),
    );
    return true;
  }
}

function valuesOf({ values }: SubjectViolation): readonly ValueIdentity[] {
  return values?.all ?? [];
}

function pathOf({ subject }: SubjectViolation): string | null {
  return subject.is === 'file' ? subject.path : null;
}
