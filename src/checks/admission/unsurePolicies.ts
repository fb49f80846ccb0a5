import { textAt } from '../../model/manifest.ts';
import type { Resource } from '../../model/resource.ts';

/** One way in which a policy may stand in a cluster. */
export interface PolicyForm {
  readonly policy: Resource;
  readonly bindings: readonly Resource[];
}

/** A policy of which, or of whose bindings, the commit has several forms without telling which the cluster has. */
export interface UnsurePolicy {
  readonly name: string;
  /** Empty where they are too many to be asked one by one. */
  readonly forms: readonly PolicyForm[];
}

/** The objects of a kind: those of one form, and the forms of each of the others. */
export interface SureAndUnsure {
  readonly sure: readonly Resource[];
  readonly unsure: readonly (readonly Resource[])[];
}

/** Each form is asked about every resource. */
const MAX_FORMS = 16;

/** The policies that are not sure, each with all the ways in which it may stand in the cluster. */
export function unsurePolicies(policies: SureAndUnsure, bindings: SureAndUnsure): UnsurePolicy[] {
  const alike = [...policies.unsure, ...policies.sure.map((policy) => [policy])];
  return alike.flatMap((forms) => {
    const name = forms[0]?.name ?? '';
    const ofThis = (binding: Resource) => policyNameOf(binding) === name;
    const doubtful = bindings.unsure.filter((variants) => variants.some(ofThis));
    if (forms.length === 1 && doubtful.length === 0) return [];
    // A form that binds another policy leaves this one without it.
    const choices = doubtful.map((variants) => variants.map((one) => (ofThis(one) ? [one] : [])));
    const count = choices.reduce((product, { length }) => product * length, forms.length);
    if (count > MAX_FORMS) return [{ name, forms: [] }];
    const bound = choices.reduce<Resource[][]>(
      (all, variants) => all.flatMap((before) => variants.map((one) => [...before, ...one])),
      [bindings.sure.filter(ofThis)],
    );
    return [{ name, forms: forms.flatMap((policy) => bound.map((of) => ({ policy, bindings: of }))) }];
  });
}

/** The policy that a binding binds. */
export function policyNameOf({ manifest }: Resource): string | undefined {
  return textAt(manifest, ['spec', 'policyName']);
}
