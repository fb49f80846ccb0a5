import type { Placer, RenderedField } from '../causes/placer.ts';
import { problemPlace } from '../causes/problemPlace.ts';
import { kustomizationOf } from '../locate/kustomizationFiles.ts';
import type { Location } from '../model/finding.ts';
import type { FoundObject } from '../model/foundObject.ts';
import type { SubjectViolation } from '../model/judgement.ts';
import type { OperatorRecord } from '../model/operatorRecord.ts';
import type { Target } from '../model/target.ts';

/** By what lines of a commit are found. */
export interface CommitPlaces {
  readonly placer: Placer;
  /** What the objects that declare targets say of them, by target id. */
  readonly declared: ReadonlyMap<string, OperatorRecord>;
}

/**
 * The line that causes each violation, in their order; null where there is none, or nobody can
 * tell which. Those of rendered resources are looked for together, as they may have one cause.
 */
export async function placeSubjects(
  violations: readonly SubjectViolation[],
  places: CommitPlaces,
): Promise<(Location | null)[]> {
  const fields = violations.map(fieldOf);
  const wanted = fields.filter((field) => field !== null);
  const [found, others] = await Promise.all([
    places.placer.all(wanted),
    Promise.all(violations.map((one) => placeOther(one, places))),
  ]);
  const placeOf = new Map(wanted.map((field, index) => [field, found[index] ?? null]));
  return fields.map((field, index) => (field === null ? others[index] : placeOf.get(field)) ?? null);
}

function fieldOf({ subject, violation: { fieldPath, message } }: SubjectViolation): RenderedField | null {
  if (subject.is !== 'resource') return null;
  return { target: subject.target, resource: subject.resource, fieldPath, message };
}

/**
 * Of a target that does not render the line that keeps it from that, of a target as a whole the
 * object that declares it, else its kustomization or chart.
 */
async function placeOther(
  { subject, violation: { fieldPath } }: SubjectViolation,
  { placer, declared }: CommitPlaces,
): Promise<Location | null> {
  switch (subject.is) {
    case 'object':
      return placer.ofObject({ object: subject.object, fieldPath });
    case 'failure':
      return problemPlace(subject.rendering, declared.get(subject.rendering.target.id), placer);
    case 'target':
    case 'patch':
      return placeOfTarget(subject.target, declared.get(subject.target.id)?.object, placer);
    case 'resource':
    case 'file':
      return null;
  }
}

async function placeOfTarget(
  { path }: Target,
  object: FoundObject | undefined,
  placer: Placer,
): Promise<Location | null> {
  if (object !== undefined) return placer.ofObject({ object, fieldPath: null });
  const chart = path === '.' ? 'Chart.yaml' : `${path}/Chart.yaml`;
  const kustomization = await kustomizationOf(placer.snapshot, path);
  const file = kustomization?.path ?? (placer.snapshot.entries.has(chart) ? chart : null);
  return file === null ? null : { path: file, startLine: 1, endLine: 1 };
}
