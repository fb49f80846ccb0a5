import { flagAt, listAt, objectAt, objectsAt, textsAt } from '../../../model/fields.ts';
import type { Followed, NotFollowedPart } from '../../../model/followed.ts';
import type { FoundObject, ObjectViolation } from '../../../model/foundObject.ts';
import { Kind } from '../../../model/kinds.ts';
import { type FieldPath, isObject, type ManifestObject, textAt } from '../../../model/manifest.ts';
import { idOf } from '../../../model/resource.ts';
import { told } from '../../../model/told.ts';
import type { FollowContext } from '../../followContext.ts';
import { namespaceOf, specOf } from '../argoObjects.ts';
import { type Declared, type GeneratorContext, GeneratorMistake, NotGenerated } from './generatorContext.ts';
import { madeFieldOf } from './madeField.ts';
import { reachOf } from './reach.ts';
import { type Generated, runGenerator } from './runGenerator.ts';
import { RESOURCES_FINALIZER } from './setAsMaker.ts';
import { templateMistake, unfilled } from './templateMistake.ts';
import { renderAll } from './templates.ts';
import { TooMany, tooManyOfSet } from './tooMany.ts';

/** The Applications of an ApplicationSet, and what keeps it from making more. */
export interface GeneratedApplications extends Pick<Followed, 'made' | 'violations' | 'notValidated'> {
  /** True where a generator or template is wrong: the controller then neither makes, changes nor deletes any Application. */
  readonly stuck: boolean;
}

/**
 * Makes the Applications of an ApplicationSet as its controller does. Where a generator, or a
 * template with one set of parameters, is wrong, it makes none at all.
 * @see https://github.com/argoproj/argo-cd/blob/master/applicationset/controllers/template/template.go
 */
export async function generateApplications(
  set: FoundObject,
  follow: FollowContext,
): Promise<GeneratedApplications> {
  const spec = specOf(set);
  const context: GeneratorContext = {
    follow,
    set,
    goTemplate: flagAt(spec, Kind.ApplicationSetSpec('goTemplate')),
    options: textsAt(spec, Kind.ApplicationSetSpec('goTemplateOptions')),
  };
  const outcomes = await Promise.all(
    objectsAt(spec, Kind.ApplicationSetSpec('generators')).map((value, index) =>
      attempt({ value, fieldPath: Kind.ApplicationSet('spec', 'generators', index) }, context),
    ),
  );
  const isBroken = outcomes.some((outcome) => 'mistake' in outcome);
  // Argo CD says so, and goes on to make nothing: what there was is deleted.
  if (listAt(spec, Kind.ApplicationSetSpec('generators')).length === 0) {
    outcomes.push({
      mistake: new GeneratorMistake(
        told('no-generators')`the ApplicationSet has no generators`,
        Kind.ApplicationSet('spec'),
      ),
    });
  }
  const generated = outcomes.flatMap((outcome) => ('generated' in outcome ? outcome.generated : []));
  const excess = excessOf(outcomes, generated, context);
  if (excess !== null) return notFollowed(set, { excess, context: follow });
  const applications = await renderApplications(generated, context);
  const stuck = applications.stuck || isBroken;
  return {
    stuck,
    made: stuck ? [] : applications.made,
    violations: [
      ...outcomes.flatMap((outcome) => ('mistake' in outcome ? [violationOf(set, outcome.mistake)] : [])),
      ...applications.violations,
    ],
    notValidated: await notGenerated(set, outcomes, follow),
  };
}

/** A set of which nothing is followed, because it makes too many Applications. */
export async function notFollowed(
  set: FoundObject,
  { excess, context }: { readonly excess: TooMany; readonly context: FollowContext },
): Promise<GeneratedApplications> {
  return {
    stuck: false,
    made: [],
    violations: [violationOf(set, excess)],
    notValidated: await notGenerated(set, [{ reason: excess.message }], context),
  };
}

/** That one generator, or all of a set together, give too much. */
function excessOf(
  outcomes: readonly Outcome[],
  generated: readonly Generated[],
  { follow: { settings } }: GeneratorContext,
): TooMany | null {
  const mistakes = outcomes.flatMap((outcome) => ('mistake' in outcome ? [outcome.mistake] : []));
  const number = generated.reduce((sum, { parameters }) => sum + parameters.length, 0);
  const fieldPath = Kind.ApplicationSet('spec', 'generators');
  return (
    mistakes.find((mistake) => mistake instanceof TooMany) ??
    tooManyOfSet(number, settings, { fieldPath, isSelected: true })
  );
}

type Outcome =
  | { readonly generated: readonly Generated[] }
  | { readonly mistake: GeneratorMistake }
  | { readonly reason: string };

async function attempt(declared: Declared<ManifestObject>, context: GeneratorContext): Promise<Outcome> {
  try {
    const template = objectAt(context.set.resource.manifest, Kind.ApplicationSet('spec', 'template')) ?? {};
    return { generated: await runGenerator(declared, template, context) };
  } catch (error) {
    if (error instanceof GeneratorMistake) return { mistake: error };
    if (error instanceof NotGenerated) return { reason: error.message };
    throw error;
  }
}

async function renderApplications(
  generated: readonly Generated[],
  context: GeneratorContext,
): Promise<Pick<GeneratedApplications, 'made' | 'violations' | 'stuck'>> {
  const { set } = context;
  const patch = textAt(set.resource.manifest, Kind.ApplicationSet('spec', 'templatePatch'));
  const items = generated.flatMap(({ parameters: all, template }) =>
    all.map((parameters) => ({ template: applicationOf(template), parameters, patch })),
  );
  const results = await renderAll(items, context);
  const made: FoundObject[] = [];
  const mistakes = new Map<string, GeneratorMistake>();
  for (const [index, result] of results.entries()) {
    const application = 'result' in result && isObject(result.result) ? madeOf(result.result, set) : null;
    const mistake =
      'error' in result ? templateMistake(result.error, items[index]?.template) : mistakeOf(application);
    if (mistake !== null) mistakes.set(mistake.message, mistake);
    else if (application !== null) made.push(application);
  }
  const stuck = results.some((result) => 'error' in result);
  return { made, stuck, violations: [...mistakes.values()].map((mistake) => violationOf(set, mistake)) };
}

/** The parts of a template that become an Application's. */
function applicationOf(template: ManifestObject): ManifestObject {
  return { metadata: template['metadata'] ?? {}, spec: template['spec'] ?? {} };
}

/**
 * An ApplicationSet's Applications are in its own namespace, and their resources go with them,
 * unless it says otherwise.
 * @see https://github.com/argoproj/argo-cd/blob/master/applicationset/utils/utils.go (RenderTemplateParams)
 */
function madeOf({ metadata, spec = {} }: ManifestObject, set: FoundObject): FoundObject {
  const own = Object.entries(isObject(metadata) ? metadata : {}).filter(([field]) => field !== 'namespace');
  const namespace = set.resource.namespace === null ? {} : { namespace: namespaceOf(set) };
  const preserves = flagAt(
    set.resource.manifest,
    Kind.ApplicationSet('spec', 'syncPolicy', 'preserveResourcesOnDeletion'),
  );
  const isGiven = preserves || textsAt(metadata, ['finalizers']).length > 0;
  const finalizers = isGiven ? {} : { finalizers: [RESOURCES_FINALIZER] };
  const manifest = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { ...Object.fromEntries(own), ...namespace, ...finalizers },
    spec,
  };
  const resource = { ...idOf(manifest), index: 0, manifest };
  return {
    resource,
    cluster: set.cluster,
    environment: set.environment,
    place: { in: 'object', object: set, causeOf: (field) => madeFieldOf(resource, set, field) },
  };
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
const NAME = /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

function mistakeOf(application: FoundObject | null): GeneratorMistake | null {
  const at: FieldPath = Kind.ApplicationSet('spec', 'template', 'metadata');
  if (application === null)
    return new GeneratorMistake(
      told('no-application')`the template makes no Application`,
      Kind.ApplicationSet('spec', 'template'),
    );
  const { name, manifest } = application.resource;
  if (name === '')
    return new GeneratorMistake(told('no-name')`the template gives an Application no name`, at);
  const left = unfilled(manifest);
  if (left !== null || NAME.test(name)) return left;
  const refused = told('refused-name', {
    name,
  })`the template gives an Application the name ${'name'}, which Kubernetes refuses: lower case letters, digits, "-" and "." are allowed`;
  return new GeneratorMistake(refused, [...at, 'name']);
}

function violationOf(set: FoundObject, { message, about, fieldPath }: GeneratorMistake): ObjectViolation {
  const rule = 'render/applicationset';
  return { object: set, violation: { rule, severity: 'error', message, about, fieldPath } };
}

/** The generators of a set that only Argo CD can run. */
async function notGenerated(
  set: FoundObject,
  outcomes: readonly Outcome[],
  follow: FollowContext,
): Promise<NotFollowedPart[]> {
  const reasons = outcomes.flatMap((outcome) => ('reason' in outcome ? [outcome.reason] : []));
  if (reasons.length === 0) return [];
  const subject = `ApplicationSet ${namespaceOf(set)}/${set.resource.name}`;
  const decidedBy = await reachOf(set, follow);
  return reasons.map((reason) => ({ subject, reason, concern: 'render', decidedBy, object: set }));
}
