import { locateProblem } from '../locate/locateProblem.ts';
import type { Concern, NotValidated } from '../model/finding.ts';
import type { FailedRendering } from '../model/rendering.ts';
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
  const findings = await Promise.all(affected.map((side) => findingOf(side, head)));
  return {
    findings: findings.filter((finding) => finding !== null),
    notValidated: affected.flatMap(notValidatedOf),
  };
}

/** True where the target is left out for a reason that is no mistake of the author. */
export function isRemote(rendering: FailedRendering): boolean {
  return rendering.problem.kind === 'remote';
}

async function findingOf({ base, head, target }: Sides, snapshot: Snapshot): Promise<SingleFinding | null> {
  if (head?.status === 'failed' && !isRemote(head)) {
    const { problem, trace } = head;
    const location = await locateProblem({ snapshot, target, problem, trace });
    return {
      ...violationOf(head),
      status: sameProblem(base, head) ? 'existing' : 'new',
      target: target.id,
      location,
    };
  }
  if (base?.status === 'failed' && !isRemote(base)) {
    return { ...violationOf(base), status: 'fixed', target: target.id, location: null };
  }
  return null;
}

function violationOf({ problem }: FailedRendering) {
  const rule = `render/${problem.kind}`;
  return { rule, severity: 'error', message: problem.message, fieldPath: null, resource: null } as const;
}

function sameProblem(base: Sides['base'], head: FailedRendering): boolean {
  return (
    base?.status === 'failed' &&
    base.problem.kind === head.problem.kind &&
    base.problem.message === head.problem.message
  );
}

function notValidatedOf({ base, head, target }: Sides): NotValidated[] {
  if (head?.status !== 'failed') return [];
  const remote = isRemote(head);
  // A new failure is a finding that fails the render check; without one, only this keeps it from being green.
  const concerns: Concern[] =
    remote || sameProblem(base, head) ? ['render', 'schemas', 'policies'] : ['schemas', 'policies'];
  const reason = remote ? head.problem.message : 'the target does not render';
  return concerns.map((concern) => ({ subject: target.id, reason, concern }));
}
