import type { ComparedTarget } from '../../model/comparedTarget.ts';
import type { Target } from '../../model/target.ts';
import { isCut } from '../policies/keptPart.ts';
import { type AdmissionSet, admissionSets } from './admissionSet.ts';

/** What decides at base and head what is admitted to a target's cluster. */
export interface BothSets {
  readonly before: (target: Target) => AdmissionSet;
  readonly after: (target: Target) => AdmissionSet;
  /** Whether the merge changes what decides, so that all objects of the cluster are asked about. */
  readonly differ: (target: Target) => boolean;
  /** Whether what decides takes parameters of a resource of which only a part is kept. */
  readonly needWhole: boolean;
}

/** The policies of each cluster, with all that they look at besides the object that they are asked about. */
export function bothSets(compared: readonly ComparedTarget[]): BothSets {
  const before = admissionSets(compared.flatMap((one) => one.base ?? []));
  const after = admissionSets(compared.flatMap((one) => one.head ?? []));
  return {
    before,
    after,
    differ: (target) => before(target).text !== after(target).text,
    needWhole: compared.some(({ target }) => [before, after].some((set) => set(target).params.some(isCut))),
  };
}
