import { compareFindings } from '../compare/findings.ts';
import type { Concern, NotValidated } from '../model/finding.ts';
import type { FoundObject } from '../model/foundObject.ts';
import type { FailedRendering, Rendering, RenderProblemKind } from '../model/rendering.ts';
import type { SingleFinding } from './findings.ts';
import type { Placer } from './placer.ts';
import { problemPlace } from './problemPlace.ts';
import type { Sides } from './renderSides.ts';

/** What is to be said of affected targets that did not render. */
export interface RenderOutcome {
  readonly findings: readonly SingleFinding[];
  readonly notValidated: readonly NotValidated[];
}

/** By what lines of the head are found. */
export interface HeadPlaces {
  readonly placer: Placer;
  /** The objects that declare targets, by target id. */
  readonly declared: ReadonlyMap<string, FoundObject>;
}

/**
 * A target that does not render is a finding at the line that causes it, unless what it
 * needs is remote, or only its operator can render it: that is nobody's mistake, but not
 * validated. Either way schemas and
 * policies have not seen the target, and that is said.
 */
export async function renderFindings(sides: readonly Sides[], head: HeadPlaces): Promise<RenderOutcome> {
  const affected = sides.filter((side) => side.affected);
  const { existing, fixed } = compareFailures(affected);
  const findings = await Promise.all(affected.map((side) => findingOf(side, existing.has(side), head)));
  return {
    findings: [...findings.filter((finding) => finding !== null), ...fixed.map(fixedFinding)],
    notValidated: affected.flatMap((side) => notValidatedOf(side, existing.has(side))),
  };
}

const LEFT_OUT: readonly RenderProblemKind[] = ['remote', 'not-followed', 'unsupported'];

/** True where the target is left out for a reason that is no mistake of the author. */
export function isLeftOut(rendering: FailedRendering): boolean {
  return LEFT_OUT.includes(rendering.problem.kind);
}

/**
 * Which failures of the head are the base's, also where the target's folder got another
 * name, and which of the base are gone. Behind another failure nobody knows.
 */
function compareFailures(sides: readonly Sides[]): { existing: ReadonlySet<Sides>; fixed: Failure[] } {
  const before = failures(sides, ({ base }) => base);
  const after = failures(sides, ({ head }) => head);
  const { statuses, fixed } = compareFindings(before, after, ({ side, rendering }) => said(rendering, side), [
    {
      base: ({ side, rendering }) => (side.head === null ? said(rendering) : null),
      head: ({ side, rendering }) => (side.base === null ? said(rendering) : null),
    },
  ]);
  return {
    existing: new Set(after.filter((_, index) => statuses[index] === 'existing').map(({ side }) => side)),
    fixed: fixed.filter(({ side }) => side.head?.status !== 'failed'),
  };
}

interface Failure {
  readonly side: Sides;
  readonly rendering: FailedRendering;
}

function failures(sides: readonly Sides[], renderingOf: (side: Sides) => Rendering | null): Failure[] {
  return sides.flatMap((side) => {
    const rendering = renderingOf(side);
    return rendering?.status === 'failed' && !isLeftOut(rendering) ? [{ side, rendering }] : [];
  });
}

/** What a failure is recognised by; without a side, whatever the target's folder is called. */
function said({ target, problem: { kind, message } }: FailedRendering, side?: Sides): string {
  const anywhere = target.path === '.' ? message : message.replaceAll(target.path, '\0');
  return JSON.stringify(side === undefined ? [kind, anywhere] : [side.target.id, kind, message]);
}

async function findingOf(
  { head, target }: Sides,
  existing: boolean,
  { placer, declared }: HeadPlaces,
): Promise<SingleFinding | null> {
  if (head?.status !== 'failed' || isLeftOut(head)) return null;
  const location = await problemPlace(head, declared.get(target.id), placer);
  return { ...violationOf(head), status: existing ? 'existing' : 'new', target: target.id, location };
}

function fixedFinding({ side, rendering }: Failure): SingleFinding {
  return { ...violationOf(rendering), status: 'fixed', target: side.target.id, location: null };
}

function violationOf({ problem }: FailedRendering) {
  const rule = `render/${problem.kind}`;
  return { rule, severity: 'error', message: problem.message, fieldPath: null, resource: null } as const;
}

function notValidatedOf({ head, target }: Sides, existing: boolean): NotValidated[] {
  if (head?.status !== 'failed') return [];
  const leftOut = isLeftOut(head);
  // A new failure is a finding that fails the render check; without one, only this keeps it from being green.
  const concerns: Concern[] =
    leftOut || existing ? ['render', 'schemas', 'policies'] : ['schemas', 'policies'];
  const reason = leftOut ? head.problem.message : 'the target does not render';
  return concerns.map((concern) => ({ subject: target.id, reason, concern }));
}
