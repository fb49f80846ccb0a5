import type { PolicyProblem } from '../checks/policies/policySet.ts';
import type { NotValidated } from '../model/finding.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { SingleFinding } from './findings.ts';

/**
 * A policy that does not compile, or its data that cannot be read, is an error, unless the head changes it: it may be mended
 * there. What it would have found is not known, so the check is not green either way.
 */
export function policyProblems(
  problems: readonly PolicyProblem[],
  { inForce, head }: { readonly inForce: Snapshot; readonly head: Snapshot },
): { findings: SingleFinding[]; notValidated: NotValidated[] } {
  const isChanged = ({ path }: PolicyProblem) =>
    inForce.entries.get(path)?.oid !== head.entries.get(path)?.oid;
  const changed = new Set(problems.filter(isChanged).map(({ path }) => path));
  return {
    findings: problems.map((problem) => policyFinding(problem, isChanged(problem))),
    notValidated: [...changed].map((subject) => ({
      subject,
      reason: isPolicy(subject)
        ? 'the base branch has a policy here that does not compile'
        : 'the base branch has data for policies here that cannot be read',
      concern: 'policies',
    })),
  };
}

function policyFinding({ path, line, message }: PolicyProblem, changed: boolean): SingleFinding {
  return {
    rule: isPolicy(path) ? 'policy/compile' : 'policy/data',
    severity: changed ? 'warning' : 'error',
    message: `\`${path}\` line ${line}: ${message}. ${isPolicy(path) ? 'The policy does not compile and is not applied' : 'Policies do not get these data'}.`,
    fieldPath: null,
    resource: null,
    status: 'new',
    target: null,
    location: changed ? null : { path, startLine: line, endLine: line },
  };
}

function isPolicy(path: string): boolean {
  return path.endsWith('.rego');
}
