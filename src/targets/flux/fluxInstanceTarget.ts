import type { FoundObject } from '../../model/foundObject.ts';
import { FLUX_KEEPS } from '../../model/keptOnRemoval.ts';
import { textAt } from '../../model/manifest.ts';
import { type FollowedObject, placeNamed, recordOf, specWithout } from '../operator.ts';
import { FluxKind } from './fields.ts';
import type { FluxContext } from './fluxContext.ts';
import { identify } from './identity.ts';
import { fullName } from './knownObjects.ts';
import { whyDisabled } from './suspended.ts';

/**
 * A FluxInstance, which installs Flux's own controllers from an artifact of its distribution.
 * https://fluxoperator.dev/docs/crd/fluxinstance/
 */
export function fluxInstanceTarget({ settings }: FluxContext, object: FoundObject): FollowedObject {
  const reason = `FluxInstance ${fullName(object.resource)} installs Flux from what its distribution holds, which is not rendered`;
  const target = {
    ...identify(object, null, settings),
    kind: 'FluxInstance',
    path: '.',
    source: { tool: 'none', reason },
  } as const;
  const waits = whyDisabled(object.resource.manifest);
  const record = recordOf(object, {
    prunes: true,
    cascades: waits === null,
    uncascaded: 'it is disabled',
    // The operator makes a Kustomization of the folder, which reads its own.
    keepers: FLUX_KEEPS,
    heeds: ['Flux'],
    makesObjects: false,
    waits,
    decides: specWithout(object.resource.manifest, []),
    // The operator makes a Kustomization of this folder.
    places: placeNamed(textAt(object.resource.manifest, FluxKind.FluxInstance('spec', 'sync', 'path'))),
  });
  return { target: { target, record, folders: [] }, violations: [], notValidated: [] };
}
