import type { Violation } from '../../model/finding.ts';
import { onResource } from '../../model/judgement.ts';
import type { RenderedTarget } from '../../model/rendering.ts';
import { describeResource, nameOnly, type ResourceName } from '../../model/resource.ts';
import type { Check } from '../check.ts';
import { judgeCommits } from '../judgeCommits.ts';

/**
 * Resources that an Application has more than once: Argo CD applies the last of them, and
 * warns of it (RepeatedResourceWarning).
 * @see https://github.com/argoproj/argo-cd/blob/master/controller/state.go (DeduplicateTargetObjects)
 */
export const repeatedResourceCheck: Check = {
  concern: 'policies',
  judge: (compared) =>
    judgeCommits(compared, async (_, renderings) => ({
      violations: renderings.flatMap(repeatedIn),
      gaps: [],
      undecided: [],
    })),
};

function repeatedIn({ target, resources, replacing = [] }: RenderedTarget) {
  return resources
    .filter(({ index }) => replacing.includes(index))
    .flatMap((resource) => onResource(target, resource, [violationOf(resource)]));
}

function violationOf(resource: ResourceName): Violation {
  const about = nameOnly(resource);
  return {
    rule: 'argocd/repeated-resource',
    severity: 'warning',
    message: isRepeated(about),
    about,
    fieldPath: null,
  };
}

function isRepeated(about: ResourceName): string {
  return `${describeResource(about)} is there more than once in this Application; Argo CD applies the last and leaves out the others`;
}
