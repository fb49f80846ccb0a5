import type { ComparedTarget } from '../../model/comparedTarget.ts';
import type { Target } from '../../model/target.ts';
import { type AdmissionSet, admissionSets } from './admissionSet.ts';

/** What decides at base and head what is admitted to a target's cluster. */
export interface BothSets {
  readonly before: (target: Target) => AdmissionSet;
  readonly after: (target: Target) => AdmissionSet;
  /** Whether the merge changes what decides, so that all objects of the cluster are asked about. */
  readonly differ: (target: Target) => boolean;
}

export function bothSets(compared: readonly ComparedTarget[]): BothSets {
  const before = admissionSets(compared.flatMap((one) => one.base ?? []));
  const after = admissionSets(compared.flatMap((one) => one.head ?? []));
  return { before, after, differ: (target) => before(target).text !== after(target).text };
}
