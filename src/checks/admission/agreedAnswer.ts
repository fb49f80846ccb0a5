import type { AdmissionResult } from '../../engine/protocol/admission.ts';
import type { UnsurePolicy } from './unsurePolicies.ts';

/**
 * What is said of one resource for certain: a policy whose form is not sure counts where all of
 * its forms say the same.
 * @param rounds the answers by the policies' first forms, by their second ones and so on.
 */
export function agreedAnswer(
  unsure: readonly UnsurePolicy[],
  rounds: readonly AdmissionResult[],
): AdmissionResult {
  const names = new Set(unsure.map(({ name }) => name));
  const sure = rounds.slice(0, 1).map((answer) => only(answer, (policy) => !names.has(policy)));
  const agreed = unsure.map(({ name, forms }) => {
    const answers = rounds.slice(0, forms.length).map((answer) => only(answer, (policy) => policy === name));
    return agreement(name, answers);
  });
  return {
    violations: [...sure, ...agreed].flatMap(({ violations }) => violations),
    unchecked: [...sure, ...agreed].flatMap(({ unchecked }) => unchecked),
  };
}

function only(answer: AdmissionResult, wanted: (policy: string) => boolean): AdmissionResult {
  return {
    violations: answer.violations.filter(({ policy }) => wanted(policy)),
    unchecked: answer.unchecked.filter(({ policy }) => wanted(policy)),
  };
}

function agreement(policy: string, answers: readonly AdmissionResult[]): AdmissionResult {
  const [first, ...others] = answers;
  const said = JSON.stringify(first);
  if (first !== undefined && others.every((other) => JSON.stringify(other) === said)) return first;
  const reason = 'its forms for this cluster differ';
  const tooMany = 'it has too many forms for this cluster';
  return { violations: [], unchecked: [{ policy, reason: first === undefined ? tooMany : reason }] };
}
