import type { Engine } from '../../engine/engine.ts';
import type { Violation } from '../../model/finding.ts';
import type { Resource } from '../../model/resource.ts';

/** The rule of a policy that does not compile, whatever its language. */
const RULE = 'policy/compile';

/**
 * The expressions of ValidatingAdmissionPolicies that do not compile: the API server refuses
 * such a policy.
 * @returns what is wrong with each resource, in their order; with other kinds nothing.
 */
export async function judgePolicyObjects(
  resources: readonly Resource[],
  { engine, signal }: { readonly engine: Engine; readonly signal?: AbortSignal | undefined },
): Promise<(readonly Violation[])[]> {
  const policies = resources.filter(({ group, kind }) => isPolicy(group, kind));
  if (policies.length === 0) return resources.map(() => []);
  const params = { policies: policies.map(({ manifest }) => manifest) };
  const { results } = await engine.checkAdmissionPolicies(params, signal);
  const found = new Map(policies.map((policy, index) => [policy, results[index]?.problems ?? []]));
  return resources.map((resource) =>
    (found.get(resource) ?? []).map(({ fieldPath, message }) => ({
      rule: RULE,
      severity: 'error',
      message: `${message}; the API server refuses the policy`,
      fieldPath: fieldPath.length === 0 ? null : fieldPath,
    })),
  );
}

function isPolicy(group: string, kind: string): boolean {
  return group === 'admissionregistration.k8s.io' && kind === 'ValidatingAdmissionPolicy';
}
