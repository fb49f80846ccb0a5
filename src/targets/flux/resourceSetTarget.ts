import { entriesAt, filledText, listAt, objectAt } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { FLUX_OPERATOR_KEEPS } from '../../model/keptOnRemoval.ts';
import { keyed } from '../../model/keyedSource.ts';
import type { ManifestObject } from '../../model/manifest.ts';
import type { ResourceSetSource } from '../../model/renderSource.ts';
import { type FollowedObject, placeNamed, recordOf, specWithout } from '../operator.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { commonMetadata } from './commonMetadata.ts';
import { FluxKind } from './fields.ts';
import type { FluxContext } from './fluxContext.ts';
import { identify } from './identity.ts';
import { fullName, namespaceOf } from './knownObjects.ts';
import { referencesOf } from './references.ts';
import { metadataStep, stepsOf } from './steps.ts';

/**
 * What a ResourceSet of the Flux Operator applies, where its inputs stand in it.
 * https://fluxoperator.dev/docs/crd/resourceset/
 */
export function resourceSetTarget({ settings }: FluxContext, object: FoundObject): FollowedObject {
  const source = sourceOf(object);
  const target = {
    ...identify(object, null, settings),
    kind: 'ResourceSet',
    path: '.',
    source: isRefusal(source) ? ({ tool: 'none', reason: source.refused } as const) : keyed(source),
  } as const;
  const { manifest } = object.resource;
  const record = recordOf(object, {
    prunes: true,
    cascades: true,
    keepers: FLUX_OPERATOR_KEEPS,
    heeds: ['Flux Operator'],
    decides: specWithout(manifest, ['dependsOn', 'serviceAccountName', 'wait']),
    places: placesIn(manifest),
    references: referencesOf(manifest),
    metadata: commonMetadata(manifest),
  });
  return { target: { target, record, folders: [] }, violations: [], notValidated: [] };
}

/** The folders that its templates name by a field `path`, with `*` for what an input gives. */
function placesIn(manifest: ManifestObject): string[] {
  const text = JSON.stringify(objectAt(manifest, FluxKind.ResourceSet('spec')) ?? {});
  const paths = text.matchAll(/\bpath\\?"?:\s*\\?"?((?:<<.*?>>|[^\s"',}\\])+)/g);
  return [...paths].flatMap(([, path = '']) => placeNamed(path.replaceAll(/<<.*?>>/g, '*')));
}

function sourceOf(object: FoundObject): ResourceSetSource | Refusal {
  const { manifest } = object.resource;
  const title = `ResourceSet ${fullName(object.resource)}`;
  if (listAt(manifest, FluxKind.ResourceSet('spec', 'inputsFrom')).length > 0) {
    return refuse(`${title} takes inputs of providers (\`inputsFrom\`), which only the Flux Operator asks`);
  }
  const strategy = filledText(manifest, FluxKind.ResourceSet('spec', 'inputStrategy', 'name')) ?? 'Flatten';
  if (strategy !== 'Flatten') {
    return refuse(`${title} combines inputs by the strategy ${strategy}, which is not followed`);
  }
  const steps = entriesAt(manifest, FluxKind.ResourceSet('spec', 'steps')).map(({ item }) => item);
  const own = objectAt(manifest, FluxKind.ResourceSet('spec')) ?? {};
  return {
    tool: 'resourceSet',
    inputs: entriesAt(manifest, FluxKind.ResourceSet('spec', 'inputs')).map(({ item }) => ({
      ...item,
      provider: providerOf(object),
    })),
    stages: (steps.length > 0 ? steps : [own]).map(stageOf),
    ...stepsOf(metadataStep(manifest)),
  };
}

/** Templates that stand in the spec, or in one of its steps. */
function stageOf(item: ManifestObject): ResourceSetSource['stages'][number] {
  const template = filledText(item, FluxKind.ResourceSetStep('resourcesTemplate'));
  return {
    resources: listAt(item, FluxKind.ResourceSetStep('resources')),
    ...(template !== undefined && { template }),
  };
}

/** The operator adds to each set of inputs who gives it. */
function providerOf({ resource }: FoundObject): ManifestObject {
  return {
    apiVersion: `${resource.group}/${resource.version}`,
    kind: resource.kind,
    name: resource.name,
    namespace: namespaceOf(resource),
  };
}
