import { compareFindings } from '../compare/findings.ts';
import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { Concern, FindingStatus, Location, NotValidated } from '../model/finding.ts';
import { appliedBy } from '../model/foundObject.ts';
import type { Judgement, Subject, SubjectViolation } from '../model/judgement.ts';
import { idOnly } from '../model/resource.ts';
import type { ChangedPath, Snapshot } from '../model/snapshot.ts';
import { findingKey, looserKeys } from './identity.ts';
import type { SingleFinding } from './mergeFindings.ts';
import { isTouched } from './touched.ts';
import { withoutUndecided } from './undecided.ts';
import { valueStatuses } from './valueStatuses.ts';

/** What a check said, with the concern that it counts for. */
export interface CheckJudgement {
  readonly concern: Concern;
  readonly judgement: Judgement;
}

/** What settling knows of the two commits. */
export interface SettleContext {
  readonly compared: readonly ComparedTarget[];
  readonly changedPaths: readonly ChangedPath[];
  readonly snapshots: Readonly<Record<'base' | 'head', Snapshot>>;
  /**
   * The line of a commit that causes each violation, in their order; null where there is none,
   * or nobody can tell which.
   */
  readonly placesAt: (
    side: 'base' | 'head',
    violations: readonly SubjectViolation[],
  ) => Promise<(Location | null)[]>;
}

/** The findings of a review, and what was not validated. */
export interface Settlement {
  readonly findings: readonly SingleFinding[];
  readonly notValidated: readonly NotValidated[];
}

/**
 * Makes findings of the checks' judgements. A violation of the head becomes a new or existing
 * finding on its line; one that only the base has becomes a fixed finding. Existing ones are kept
 * only where the pull request touches their subject. What is unknown at the head is not fixed.
 * @throws when aborted.
 */
export async function settle(
  judgements: readonly CheckJudgement[],
  context: SettleContext,
): Promise<Settlement> {
  const { statusOf, fixed } = compareCommits(
    judgements.map(({ judgement }) => judgement),
    context,
  );
  const touched = isTouched(context);
  const found = [...statusOf].filter(([{ subject }, status]) => status === 'new' || touched(subject));
  const unknown = isUnknown(context.compared);
  const gone = fixed.filter(({ subject }) => !unknown(subject));
  const [atHead, atBase] = await Promise.all([headFindings(found, context), fixedFindings(gone, context)]);
  return { findings: [...atHead, ...atBase], notValidated: gapsOf(judgements, statusOf) };
}

/** The status of each violation of the head, and those of the base that are gone. */
function compareCommits(
  judgements: readonly Judgement[],
  { compared, snapshots }: SettleContext,
): { statusOf: Map<SubjectViolation, FindingStatus>; fixed: SubjectViolation[] } {
  const before = judgements.flatMap(withoutUndecided);
  const after = judgements.flatMap((judgement) => judgement.after);
  const byValues = valueStatuses({
    before: before.filter(hasValues),
    after: after.filter(hasValues),
    known: {
      before: new Set(judgements.flatMap(({ known }) => [...(known?.before ?? [])])),
      after: new Set(judgements.flatMap(({ known }) => [...(known?.after ?? [])])),
    },
  });
  const others = after.filter((one) => !hasValues(one));
  const byData = compareFindings(
    { base: before.filter((one) => !hasValues(one)), head: others },
    findingKey,
    looserKeys(
      compared.filter(({ affected }) => affected),
      snapshots,
    ),
  );
  const gone = new Set([...byValues.fixed, ...byData.fixed]);
  const existing = new Set([
    ...byValues.existing,
    ...others.filter((_, index) => byData.statuses[index] === 'existing'),
  ]);
  return {
    statusOf: new Map(after.map((one) => [one, existing.has(one) ? 'existing' : 'new'])),
    fixed: before.filter((one) => gone.has(one)),
  };
}

function hasValues({ values }: SubjectViolation): boolean {
  return values !== undefined;
}

async function headFindings(
  found: readonly (readonly [SubjectViolation, FindingStatus])[],
  { placesAt }: SettleContext,
): Promise<SingleFinding[]> {
  const wanted = found.map(([one]) => one).filter(({ location }) => location === undefined);
  const places = await placesAt('head', wanted);
  const placeOf = new Map(wanted.map((one, index) => [one, places[index] ?? null]));
  return found.flatMap(([one, status]) =>
    toFindings(one, { status, location: one.location ?? placeOf.get(one) ?? null }),
  );
}

/** What is fixed has no line of the head. The base's tells which of them are one finding. */
async function fixedFindings(
  fixed: readonly SubjectViolation[],
  { placesAt }: SettleContext,
): Promise<SingleFinding[]> {
  const resources = fixed.filter(({ subject }) => subject.is === 'resource');
  // A single fixed finding need not be told apart from others, so its line is not looked for.
  const places = resources.length > 1 ? await placesAt('base', resources) : [];
  const causeOf = new Map(resources.map((one, index) => [one, places[index] ?? null]));
  return fixed.flatMap((one) =>
    toFindings(one, { status: 'fixed', location: null }).map((finding) => ({
      ...finding,
      cause: causeOf.get(one) ?? null,
    })),
  );
}

/** The violation as a finding of each target that has it. */
function toFindings(
  { subject, violation, values }: SubjectViolation,
  said: Pick<SingleFinding, 'status' | 'location'>,
): SingleFinding[] {
  const resource = resourceOf(subject);
  const targets = said.status === 'fixed' && subject.is === 'file' ? [] : targetsOf(subject);
  const on: readonly (string | null)[] = targets.length === 0 ? [null] : targets;
  return on.map((target) => ({
    ...violation,
    ...said,
    resource,
    target,
    ...(values !== undefined && { copy: values.copy }),
  }));
}

function resourceOf(subject: Subject): SingleFinding['resource'] {
  switch (subject.is) {
    case 'resource':
      return idOnly(subject.resource);
    case 'object':
      return idOnly(subject.object.resource);
    case 'file':
      return subject.resource;
    case 'target':
    case 'failure':
    case 'patch':
      return null;
  }
}

function targetsOf(subject: Subject): readonly string[] {
  switch (subject.is) {
    case 'file':
      return subject.targets;
    case 'failure':
      return [subject.rendering.target.id];
    case 'object':
      return subject.object.place.in === 'rendering' ? [subject.object.place.target.id] : [];
    case 'resource':
    case 'target':
    case 'patch':
      return [subject.target.id];
  }
}

/** True for a subject in a target that does not render at the head, or that is gone and never did. */
function isUnknown(compared: readonly ComparedTarget[]): (subject: Subject) => boolean {
  const failed = new Set(
    compared.filter(({ base, head }) => (head ?? base)?.status === 'failed').map(({ target }) => target.id),
  );
  return (subject) => {
    if (subject.is === 'file') return false;
    if (subject.is === 'object') return failed.has(appliedBy(subject.object) ?? '');
    return targetsOf(subject).some((id) => failed.has(id));
  };
}

function gapsOf(
  judgements: readonly CheckJudgement[],
  statusOf: ReadonlyMap<SubjectViolation, FindingStatus>,
): NotValidated[] {
  const all = judgements.flatMap(({ concern, judgement }) =>
    judgement.gaps
      .filter(({ unlessNew }) => unlessNew === undefined || statusOf.get(unlessNew) !== 'new')
      .map(
        (gap): NotValidated => ({
          subject: gap.subject,
          reason: gap.reason,
          concern: gap.concern ?? concern,
          ...(gap.isStanding === true && { isStanding: true }),
        }),
      ),
  );
  const byText = new Map(
    all.map((item) => [JSON.stringify([item.subject, item.reason, item.concern]), item]),
  );
  return [...byText.values()];
}
