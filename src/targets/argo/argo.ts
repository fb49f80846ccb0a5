import type { Operator } from '../operator.ts';
import { followArgo } from './followArgo.ts';
import { argoInputs } from './namedInputs.ts';

/** Argo CD: Applications, and the ApplicationSets that make them. */
export const argo: Operator = {
  name: 'Argo CD',
  domains: ['argoproj.io'],
  declares: ({ group, kind }) => group === 'argoproj.io' && ['Application', 'ApplicationSet'].includes(kind),
  follow: followArgo,
  // An Application names no object that its source comes from.
  referredPart: () => null,
  inputsOf: argoInputs,
};
