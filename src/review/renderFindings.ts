import { compareFindings } from '../compare/findings.ts';
import { locateProblem } from '../locate/locateProblem.ts';
import type { Concern, NotValidated } from '../model/finding.ts';
import type { FailedRendering, Rendering } from '../model/rendering.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { SingleFinding } from './findings.ts';
import type { Sides } from './renderSides.ts';

/** What is to be said of affected targets that did not render. */
export interface RenderOutcome {
  readonly findings: readonly SingleFinding[];
  readonly notValidated: readonly NotValidated[];
}

/**
 * A target that does not render is a finding at the line that causes it, unless what it
 * needs is remote: that is nobody's mistake, but not validated. Either way schemas and
 * policies have not seen the target, and that is said.
 */
export async function renderFindings(sides: readonly Sides[], head: Snapshot): Promise<RenderOutcome> {
  const affected = sides.filter((side) => side.affected);
  const { existing, fixed } = compareFailures(affected);
  const findings = await Promise.all(affected.map((side) => findingOf(side, existing.has(side), head)));
  return {
    findings: [...findings.filter((finding) => finding !== null), ...fixed.map(fixedFinding)],
    notValidated: affected.flatMap((side) => notValidatedOf(side, existing.has(side))),
  };
}

/** True where the target is left out for a reason that is no mistake of the author. */
export function isRemote(rendering: FailedRendering): boolean {
  return rendering.problem.kind === 'remote';
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
    return rendering?.status === 'failed' && !isRemote(rendering) ? [{ side, rendering }] : [];
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
  snapshot: Snapshot,
): Promise<SingleFinding | null> {
  if (head?.status !== 'failed' || isRemote(head)) return null;
  const { problem, trace } = head;
  const location = await locateProblem({ snapshot, target, problem, trace });
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
  const remote = isRemote(head);
  // A new failure is a finding that fails the render check; without one, only this keeps it from being green.
  const concerns: Concern[] =
    remote || existing ? ['render', 'schemas', 'policies'] : ['schemas', 'policies'];
  const reason = remote ? head.problem.message : 'the target does not render';
  return concerns.map((concern) => ({ subject: target.id, reason, concern }));
}
