import { entriesAt, filledText, listAt, objectAt } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { FLUX_OPERATOR_KEEPS } from '../../model/keptOnRemoval.ts';
import { keyed } from '../../model/keyedSource.ts';
import { type FieldPath, type ManifestObject, textAt } from '../../model/manifest.ts';
import type { ObjectReference } from '../../model/operatorRecord.ts';
import type { ResourceSetSource } from '../../model/renderSource.ts';
import type { Settings } from '../../model/settings.ts';
import { type Told, told } from '../../model/told.ts';
import { type FollowedObject, recordOf, specWithout } from '../operator.ts';
import { isRefusal, mistake, mistakesOf, notRendered, type Refusal, refuse } from '../refusal.ts';
import { commonMetadata } from './commonMetadata.ts';
import { FluxKind } from './fields.ts';
import type { FluxContext } from './fluxContext.ts';
import { identify } from './identity.ts';
import { fullName, GROUPS, type KnownObjects, namespaceOf } from './knownObjects.ts';
import { referencesOf } from './references.ts';
import { resourceSetPlaces } from './resourceSetPlaces.ts';
import { runtimeValues } from './runtimeValues.ts';
import { metadataStep, stepsOf } from './steps.ts';
import { whyDisabled } from './suspended.ts';

/**
 * What a ResourceSet of the Flux Operator applies, where its inputs stand in it.
 * https://fluxoperator.dev/docs/crd/resourceset/
 */
export function resourceSetTarget({ known, settings }: FluxContext, object: FoundObject): FollowedObject {
  const source = sourceOf(object, settings);
  const target = {
    ...identify(object, null, settings),
    kind: 'ResourceSet',
    path: '.',
    source: isRefusal(source) ? notRendered(source) : keyed(source),
  } as const;
  const { manifest } = object.resource;
  const waits = whyDisabled(manifest);
  const record = recordOf(object, {
    prunes: true,
    // While it is disabled, it leaves everything when it is deleted.
    cascades: waits === null,
    waits,
    forces: isForced(manifest),
    uncascaded: 'it is disabled',
    keepers: FLUX_OPERATOR_KEEPS,
    heeds: ['Flux Operator'],
    decides: specWithout(manifest, ['dependsOn', 'serviceAccountName', 'wait']),
    places: resourceSetPlaces(manifest),
    references: [...referencesOf(manifest), ...providersOf(object, known)],
    metadata: commonMetadata(manifest),
  });
  const gaps = isRefusal(source) ? [] : runtimeValues(target.id, manifest);
  const violations = isRefusal(source) ? mistakesOf([source], object) : [];
  return { target: { target, record, folders: [] }, violations, notValidated: gaps };
}

/** https://fluxoperator.dev/docs/crd/resourceset/#reconciliation-configuration */
function isForced(manifest: ManifestObject): boolean {
  const value = textAt(manifest, ['metadata', 'annotations', `${GROUPS.operator}/force`]);
  return value?.toLowerCase() === 'enabled';
}

/** The providers of the repository that give it inputs, by name or by their labels, in its namespace. */
function providersOf(object: FoundObject, known: KnownObjects): ObjectReference[] {
  const namespace = namespaceOf(object.resource);
  const kind = 'ResourceSetInputProvider';
  const there = known
    .ofKind(GROUPS.operator, kind)
    .filter((provider) => namespaceOf(provider.resource) === namespace);
  return entriesAt(object.resource.manifest, FluxKind.ResourceSet('spec', 'inputsFrom')).flatMap(
    ({ item }) => {
      const wanted = objectAt(item, ['selector', 'matchLabels']) ?? {};
      const isMeant = ({ name, manifest }: FoundObject['resource']) =>
        item['name'] === undefined
          ? Object.entries(wanted).every(
              ([label, value]) => textAt(manifest, ['metadata', 'labels', label]) === value,
            )
          : item['name'] === name;
      return there
        .filter(({ resource }) => isMeant(resource))
        .map(({ resource }) => ({ kind, name: resource.name, namespace: resource.namespace ?? undefined }));
    },
  );
}

function sourceOf(object: FoundObject, { limits }: Settings): ResourceSetSource | Refusal {
  const { manifest } = object.resource;
  const title = `ResourceSet ${fullName(object.resource)}`;
  const wrong = wrongSteps(object);
  if (wrong !== null) return wrong;
  if (listAt(manifest, FluxKind.ResourceSet('spec', 'inputsFrom')).length > 0) {
    return refuse(`${title} takes inputs of providers (\`inputsFrom\`), which only the Flux Operator asks`);
  }
  const strategy = filledText(manifest, FluxKind.ResourceSet('spec', 'inputStrategy', 'name')) ?? 'Flatten';
  if (strategy !== 'Flatten') {
    return refuse(`${title} combines inputs by the strategy ${strategy}, which is not followed`);
  }
  const steps = stepsIn(manifest);
  const own = objectAt(manifest, FluxKind.ResourceSet('spec')) ?? {};
  const inputs = entriesAt(manifest, FluxKind.ResourceSet('spec', 'inputs'));
  const stages = (steps.length > 0 ? steps : [own]).map(stageOf);
  if (fillings(inputs.length, stages) > limits.perSet) return tooMany(object, limits.perSet);
  return {
    tool: 'resourceSet',
    inputs: inputs.map(({ item }) => ({ ...item, provider: providerOf(object) })),
    stages,
    ...stepsOf(metadataStep(manifest)),
  };
}

/** How often templates are filled in: each once for each set of inputs. */
function fillings(inputs: number, stages: ResourceSetSource['stages']): number {
  const templates = stages.reduce(
    (sum, { resources, template }) => sum + resources.length + (template === undefined ? 0 : 1),
    0,
  );
  return Math.max(inputs, 1) * templates;
}

function tooMany(object: FoundObject, limit: number): Refusal {
  const { name } = object.resource;
  const problem = told('too-many', {
    name,
    limit,
  })`ResourceSet ${'name'} fills in its templates more than ${'limit'} times; if that is meant, raise limits.perSet in .hydrant.yaml`;
  const fieldPath = FluxKind.ResourceSet('spec', 'inputs');
  return refuse(problem.text, mistake({ rule: 'render/resourceset', object, fieldPath }, problem));
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

function stepsIn(manifest: ManifestObject): ManifestObject[] {
  return entriesAt(manifest, FluxKind.ResourceSet('spec', 'steps')).map(({ item }) => item);
}

/**
 * What the operator refuses of steps, so that it changes nothing.
 * https://github.com/controlplaneio-fluxcd/flux-operator/blob/main/internal/builder/resourceset.go (ValidateResourceSetSpec)
 */
function wrongSteps(object: FoundObject): Refusal | null {
  const { manifest, name } = object.resource;
  const steps = stepsIn(manifest);
  const isEmpty = ({ resources, template }: ResourceSetSource['stages'][number]) =>
    resources.length === 0 && template === undefined;
  const refused = (problem: Told, fieldPath: FieldPath) => {
    const found = mistake({ rule: 'render/resourceset', object, fieldPath }, problem);
    return refuse(problem.text, found);
  };
  if (steps.length > 0 && !isEmpty(stageOf(objectAt(manifest, FluxKind.ResourceSet('spec')) ?? {}))) {
    const both = told('steps-and-resources', {
      name,
    })`ResourceSet ${'name'} has steps, and resources or a resourcesTemplate beside them: the Flux Operator takes one of the two`;
    return refused(both, FluxKind.ResourceSet('spec', 'steps'));
  }
  const index = steps.findIndex((step) => isEmpty(stageOf(step)));
  if (index < 0) return null;
  const step = textAt(steps[index], ['name']) ?? `${index + 1}`;
  const empty = told('empty-step', {
    name,
    step,
  })`the step ${'step'} of ResourceSet ${'name'} has neither resources nor a resourcesTemplate`;
  return refused(empty, FluxKind.ResourceSet('spec', 'steps', index));
}
