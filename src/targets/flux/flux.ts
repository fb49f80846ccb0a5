import type { Operator } from '../operator.ts';
import { followFlux } from './followFlux.ts';
import { fluxInputs } from './namedInputs.ts';

/** Flux: Kustomizations and HelmReleases, with the sources that they name. */
export const flux: Operator = {
  name: 'Flux',
  domain: 'fluxcd.io',
  declares: ({ group }) => group.endsWith('.toolkit.fluxcd.io'),
  follow: followFlux,
  inputsOf: fluxInputs,
};
