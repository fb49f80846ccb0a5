import type { Operator } from '../operator.ts';
import { followFlux } from './followFlux.ts';
import { GROUPS } from './knownObjects.ts';
import { fluxInputs } from './namedInputs.ts';
import { referredPart } from './references.ts';

/** Flux: Kustomizations and HelmReleases, with the sources that they name, and the Flux Operator's ResourceSets. */
export const flux: Operator = {
  name: 'Flux',
  domains: ['fluxcd.io', GROUPS.operator],
  declares: ({ group }) => group.endsWith('.toolkit.fluxcd.io') || group === GROUPS.operator,
  follow: followFlux,
  referredPart,
  inputsOf: fluxInputs,
};
