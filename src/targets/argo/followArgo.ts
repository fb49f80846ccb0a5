import type { Followed } from '../../model/followed.ts';
import type { FollowContext } from '../followContext.ts';
import { generateAll } from './applicationSet/generateAll.ts';
import { settleNames } from './applicationSet/settleNames.ts';
import { argoObjects, controlPlaneNamespace } from './argoObjects.ts';
import { followApplication } from './followApplication.ts';

/**
 * The targets that Argo CD's objects declare: those of Applications, and of the Applications
 * that ApplicationSets make.
 */
export async function followArgo(context: FollowContext): Promise<Followed> {
  const argo = { ...context, controlPlane: controlPlaneNamespace(context.objects) };
  const sets = argoObjects(context.objects, 'ApplicationSet');
  const generated = await generateAll(sets, context);
  const { there, made, violations } = settleNames({
    there: argoObjects(context.objects, 'Application'),
    sets: sets.map((set, index) => ({ set, made: generated[index]?.made ?? [] })),
    stuck: sets.filter((_, index) => generated[index]?.stuck),
    before: context.madeBefore ?? [],
  });
  const applications = [...there, ...made];
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
