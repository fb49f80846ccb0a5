import type { Violation } from '../../model/finding.ts';
import type { SubjectViolation } from '../../model/judgement.ts';
import type { Check } from '../check.ts';
import type { World } from '../world.ts';
import type { PolicyProblem } from './policySet.ts';

/**
 * A policy that does not compile, or its data that cannot be read, is an error, unless the head
 * changes it: it may be mended there. What it would have found is not known, so the check is
 * not green either way.
 */
export const policyFileCheck: Check = {
  concern: 'policies',
  judge: async (_, world) => {
    const { policyProblems } = world;
    const changed = new Set(policyProblems.map(({ path }) => path).filter((path) => isChanged(path, world)));
    return {
      // The policies in force judge both commits: nothing is compared.
      before: [],
      after: policyProblems.map((problem) => onFile(problem, changed.has(problem.path))),
      gaps: [...changed].map((subject) => ({ subject, reason: unusable(subject) })),
      undecided: [],
    };
  },
};

function isChanged(path: string, { settingsCommit, head }: World): boolean {
  return settingsCommit.entries.get(path)?.oid !== head.snapshot.entries.get(path)?.oid;
}

function unusable(path: string): string {
  return isPolicy(path)
    ? 'the base branch has a policy here that does not compile'
    : 'the base branch has data for policies here that cannot be read';
}

function onFile({ path, line, message: said }: PolicyProblem, changed: boolean): SubjectViolation {
  const about = { path, line, said };
  const violation: Violation = {
    rule: isPolicy(path) ? 'policy/compile' : 'policy/data',
    severity: changed ? 'warning' : 'error',
    message: sentence(about),
    about,
    fieldPath: null,
  };
  return {
    subject: { is: 'file', path, resource: null, targets: [] },
    violation,
    location: changed ? null : { path, startLine: line, endLine: line },
  };
}

function sentence({ path, line, said }: { path: string; line: number; said: string }): string {
  const effect = isPolicy(path)
    ? 'The policy does not compile and is not applied'
    : 'Policies do not get these data';
  return `\`${path}\` line ${line}: ${said}. ${effect}.`;
}

function isPolicy(path: string): boolean {
  return path.endsWith('.rego');
}
