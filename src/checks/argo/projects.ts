import type { Violation } from '../../model/finding.ts';
import type { FoundObject, ObjectViolation } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { textAt } from '../../model/manifest.ts';
import type { Resource } from '../../model/resource.ts';
import type { Settings } from '../../model/settings.ts';
import type { Target } from '../../model/target.ts';
import { destinationViolations } from './destinations.ts';
import { namespaceViolations } from './namespaces.ts';
import { projectsNamed } from './projectsNamed.ts';
import { resourceViolations } from './resources.ts';
import { sourceViolations } from './sources.ts';

/** An Application with what it renders; no resources where it does not render. */
export interface RenderedApplication {
  readonly target: Target;
  readonly object: FoundObject;
  readonly resources: readonly Resource[];
}

/** What Applications are held against. */
export interface ProjectContext {
  /** All objects of the commit, the projects among them. */
  readonly objects: readonly FoundObject[];
  readonly settings: Pick<Settings, 'clusters'>;
  readonly isClusterScoped: (group: string, kind: string) => boolean;
}

/** Every installation of Argo CD has this project. It permits everything unless it is changed. */
const DEFAULT_PROJECT = 'default';

/**
 * What Applications do that their projects refuse, so that the sync fails after the merge.
 * Where several projects have the wanted name and it is unclear which is meant, the one that
 * refuses least counts.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/projects/
 */
export function findProjectViolations(
  applications: readonly RenderedApplication[],
  context: ProjectContext,
): ObjectViolation[] {
  return applications
    .filter(({ target }) => target.kind === 'Application')
    .flatMap((application) =>
      violationsOf(application, context).map((violation) => ({ object: application.object, violation })),
    );
}

function violationsOf(application: RenderedApplication, context: ProjectContext): Violation[] {
  const { object } = application;
  const name = textAt(object.resource.manifest, Kind.Application('spec', 'project')) || DEFAULT_PROJECT;
  const projects = projectsNamed(name, object, context.objects);
  if (projects.length === 0) return name === DEFAULT_PROJECT ? [] : [missing(name)];
  const [fewest = []] = projects
    .map((project) => [
      ...namespaceViolations(object, project),
      ...sourceViolations(object, project),
      ...destinationViolations(object, project, context),
      ...resourceViolations(application, project, context),
    ])
    .toSorted((one, other) => one.length - other.length);
  return fewest;
}

function missing(project: string): Violation {
  const about = { project };
  return {
    rule: 'argocd/project-missing',
    severity: 'warning',
    message: isMissing(about),
    about,
    fieldPath: Kind.Application('spec', 'project'),
  };
}

function isMissing({ project }: { readonly project: string }): string {
  return `the AppProject ${project} is not in this repository; without it Argo CD does not sync the Application`;
}
