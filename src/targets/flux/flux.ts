import type { Operator } from '../operator.ts';
import { followFlux } from './followFlux.ts';
import { referredPart } from './references.ts';

/** Flux: Kustomizations and HelmReleases, with the sources that they name. */
export const flux: Operator = {
  name: 'Flux',
  domain: 'fluxcd.io',
  declares: ({ group }) => group.endsWith('.toolkit.fluxcd.io'),
  follow: followFlux,
  referredPart,
};
