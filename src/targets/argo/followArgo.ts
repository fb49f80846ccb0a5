import type { Violation } from '../../model/finding.ts';
import type { Followed } from '../../model/followed.ts';
import type { FoundObject, ObjectViolation } from '../../model/foundObject.ts';
import { told } from '../../model/told.ts';
import type { FollowContext } from '../followContext.ts';
import { generateApplications } from './applicationSet/generateApplications.ts';
import { applicationId, argoObjects, controlPlaneNamespace, hostOf } from './argoObjects.ts';
import { followApplication } from './followApplication.ts';

/**
 * The targets that Argo CD's objects declare: those of Applications, and of the Applications
 * that ApplicationSets make.
 */
export async function followArgo(context: FollowContext): Promise<Followed> {
  const argo = { ...context, controlPlane: controlPlaneNamespace(context.objects) };
  const sets = argoObjects(context.objects, 'ApplicationSet');
  const generated = await Promise.all(sets.map((set) => generateApplications(set, context)));
  const all = generated.flatMap(({ made }) => made);
  const { made, violations } = withoutRepeated(argoObjects(context.objects, 'Application'), all);
  const applications = [...argoObjects(context.objects, 'Application'), ...made];
  const followed = await Promise.all(applications.map((application) => followApplication(application, argo)));
  return {
    targets: followed.map(({ target }) => target),
    made,
    violations: [
      ...generated.flatMap((one) => one.violations),
      ...violations,
      ...followed.flatMap((one) => one.violations),
    ],
    notValidated: [...generated, ...followed].flatMap((one) => one.notValidated),
  };
}

/** An Application that is there already is not made again; Argo CD says so and leaves it. */
function withoutRepeated(
  there: readonly FoundObject[],
  made: readonly FoundObject[],
): { made: FoundObject[]; violations: ObjectViolation[] } {
  /** The set that makes the Application; null where it is there already. */
  const known = new Map<string, FoundObject | null>(
    there.map((application) => [placeAndId(application), null]),
  );
  const kept: FoundObject[] = [];
  const violations: ObjectViolation[] = [];
  for (const application of made) {
    const id = placeAndId(application);
    const other = known.get(id);
    if (other === undefined) {
      kept.push(application);
      known.set(id, setOf(application));
      continue;
    }
    violations.push({ object: application, violation: cannotBeMade(application, other) });
  }
  return { made: kept, violations };
}

/** @param by the set that makes one of that name; null where there is one that nothing makes. */
function cannotBeMade({ resource: { name } }: FoundObject, by: FoundObject | null): Violation {
  const { text, about } =
    by === null
      ? told('exists', { name })`the Application ${'name'} cannot be made: there is another one of that name`
      : told('made-twice', {
          name,
          by: by.resource.name,
        })`the Application ${'name'} cannot be made: the ApplicationSet ${'by'} makes one of that name`;
  return { rule: 'render/applicationset', severity: 'error', message: text, about, fieldPath: null };
}

/** Where the cluster is unknown, equal names in two files may belong to two clusters. */
function placeAndId(application: FoundObject): string {
  const id = applicationId(application);
  if (hostOf(application) !== null) return id;
  const { place, resource } = setOf(application) ?? application;
  return `${place.in === 'file' ? place.path : ''}\n${resource.kind}/${resource.name}\n${id}`;
}

function setOf({ place }: FoundObject): FoundObject | null {
  return place.in === 'object' ? place.object : null;
}
