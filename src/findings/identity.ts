import type { LooserKey } from '../compare/findings.ts';
import { factsOf, fingerprint } from '../compare/fingerprint.ts';
import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { SubjectViolation } from '../model/judgement.ts';
import { causeOf, type FailedRendering } from '../model/rendering.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { movedResourceKeys } from './movedResourceKeys.ts';

/** What a violation is recognised by at the other commit where nothing got another name. Lines never count. */
export function findingKey({ subject, violation }: SubjectViolation): string {
  switch (subject.is) {
    case 'resource':
      return `${subject.target.id}\n${fingerprint({ violation, resource: subject.resource })}`;
    case 'object':
      return `object ${subject.object.cluster ?? subject.object.environment ?? ''}\n${fingerprint({ violation, resource: subject.object.resource })}`;
    case 'target':
    case 'patch':
      return JSON.stringify([subject.is, subject.target.id, ...plainPartsOf(violation)]);
    case 'failure':
      return JSON.stringify(['failure', subject.rendering.target.id, ...plainPartsOf(violation)]);
    case 'file':
      return JSON.stringify(['file', subject.path, inFile({ subject, violation })]);
  }
}

/**
 * How what is left is recognised where something got another name: a resource, the folder of a
 * target that does not render, the target of a patch, a file. Each is tried in turn.
 */
export function looserKeys(
  compared: readonly ComparedTarget[],
  commits: Readonly<Record<'base' | 'head', Snapshot>>,
): LooserKey<SubjectViolation>[] {
  return [...movedResourceKeys(compared), failureKey(compared), patchKey, fileKey(commits)];
}

/** A failure of a target that goes is that of one that comes, if it only names another folder. */
function failureKey(compared: readonly ComparedTarget[]): LooserKey<SubjectViolation> {
  const gone = idsWithout(compared, 'head');
  const added = idsWithout(compared, 'base');
  const keyAmong =
    (ids: ReadonlySet<string>) =>
    ({ subject }: SubjectViolation) =>
      subject.is === 'failure' && ids.has(subject.rendering.target.id) ? anywhere(subject.rendering) : null;
  return { base: keyAmong(gone), head: keyAmong(added) };
}

function idsWithout(compared: readonly ComparedTarget[], side: 'base' | 'head'): Set<string> {
  return new Set(compared.filter((one) => one[side] === null).map(({ target }) => target.id));
}

/** Whatever the target's folder is called. */
function anywhere({ target: { path }, problem }: FailedRendering): string {
  const cause = Object.values(causeOf(problem));
  const said = path === '.' ? cause : cause.map((text) => text?.replaceAll(path, '\0') ?? null);
  return JSON.stringify(['failure', problem.kind, ...said]);
}

/** One patch is in the renderings of all overlays that use its file. */
const patchKey = both(({ subject, violation }) =>
  subject.is === 'patch' ? JSON.stringify(['patch', ...plainPartsOf(violation)]) : null,
);

/** A file that only one of the commits has may have got another name. */
function fileKey({ base, head }: Readonly<Record<'base' | 'head', Snapshot>>) {
  const keyWhereNotIn =
    ({ entries }: Snapshot) =>
    ({ subject, violation }: SubjectViolation) =>
      subject.is === 'file' && !entries.has(subject.path)
        ? JSON.stringify(['file', inFile({ subject, violation })])
        : null;
  return { base: keyWhereNotIn(head), head: keyWhereNotIn(base) };
}

function both(keyOf: (one: SubjectViolation) => string | null): LooserKey<SubjectViolation> {
  return { base: keyOf, head: keyOf };
}

function plainPartsOf(violation: SubjectViolation['violation']) {
  return [violation.rule, factsOf(violation), violation.exceptedBy] as const;
}

/** Items of lists move as lines do. */
function inFile({ subject, violation }: SubjectViolation): readonly unknown[] {
  const field = violation.fieldPath?.map((step) => (typeof step === 'number' ? '[]' : step)) ?? null;
  return [...plainPartsOf(violation), subject.is === 'file' ? subject.resource : null, field];
}
