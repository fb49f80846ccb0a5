import { affectedIds } from '../../model/comparedTarget.ts';
import type { Violation } from '../../model/finding.ts';
import type { Gap, SubjectViolation } from '../../model/judgement.ts';
import { DEFAULT_SETTINGS } from '../../settings/defaults.ts';
import type { Check } from '../check.ts';
import type { World } from '../world.ts';
import type { PolicyProblem } from './policySet.ts';

/**
 * A policy that does not compile, or its data that cannot be read, is an error that was there
 * before, unless the head changes it: it may be mended there. What it would have found is not
 * known, so the check is not green either way. Conftest's own folder is told of where nobody has
 * said what is to become of it.
 */
export const policyFileCheck: Check = {
  concern: 'policies',
  judge: async (compared, world) => {
    const { policyProblems } = world;
    const changed = new Set(policyProblems.map(({ path }) => path).filter((path) => isChanged(path, world)));
    const targets = [...affectedIds(compared)].toSorted();
    const standing = policyProblems.filter(({ path }) => !changed.has(path));
    const before = standing.map((problem) => onFile(problem, { changed: false, targets }));
    const missing = targets.length > 0 ? standing.map(({ path }) => path) : [];
    return {
      before,
      after: [
        ...before,
        ...policyProblems
          .filter(({ path }) => changed.has(path))
          .map((problem) => onFile(problem, { changed: true, targets: [] })),
      ],
      gaps: [
        ...[...new Set([...changed, ...missing])].map((subject) => ({ subject, reason: unusable(subject) })),
        ...unusedFolder(world),
      ],
      undecided: [],
    };
  },
};

/** Where conftest looks if it is told nothing: https://www.conftest.dev/options/#policy */
const CONFTEST_FOLDER = 'policy';

function unusedFolder({ settingsCommit, settings: { policies } }: World): Gap[] {
  const isDefault = policies.paths.join() === DEFAULT_SETTINGS.policies.paths.join();
  const hasRego = [...settingsCommit.entries.values()].some(
    ({ kind, path }) => kind === 'file' && path.startsWith(`${CONFTEST_FOLDER}/`) && isPolicy(path),
  );
  if (!isDefault || !hasRego) return [];
  const reason =
    "the Rego in this folder, which is conftest's, is not applied; list the folder under policies.paths in .hydrant.yaml to have it applied";
  return [{ subject: `${CONFTEST_FOLDER}/`, reason, isStanding: true }];
}

function isChanged(path: string, { settingsCommit, head }: World): boolean {
  return settingsCommit.entries.get(path)?.oid !== head.snapshot.entries.get(path)?.oid;
}

function unusable(path: string): string {
  return isPolicy(path)
    ? 'the base branch has a policy here that does not compile'
    : 'the base branch has data for policies here that cannot be read';
}

function onFile(
  { path, line, message: said }: PolicyProblem,
  { changed, targets }: { readonly changed: boolean; readonly targets: readonly string[] },
): SubjectViolation {
  const about = { path, line, said };
  const violation: Violation = {
    rule: isPolicy(path) ? 'policy/compile' : 'policy/data',
    severity: changed ? 'warning' : 'error',
    message: sentence(about),
    about,
    fieldPath: null,
  };
  return {
    subject: { is: 'file', path, resource: null, targets },
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
