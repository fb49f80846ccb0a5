/** Variables that Argo CD gives to builds, by name. */
export type BuildEnvironment = Readonly<Record<string, string>>;

/**
 * Which commit Argo CD will render is not known before the merge, and the commit under
 * review would make every Application that names it differ from the base. So it is this one.
 */
const REVISION = '0'.repeat(40);

/**
 * The build environment of an Application's source.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/build-environment/
 */
export function buildEnvironment(application: {
  /** With its namespace in front where that is not Argo CD's own. */
  readonly instanceName: string;
  readonly namespace: string;
  readonly project: string;
  readonly repoUrl: string;
  readonly path: string;
  readonly targetRevision: string;
}): BuildEnvironment {
  return {
    ARGOCD_APP_NAME: application.instanceName,
    ARGOCD_APP_NAMESPACE: application.namespace,
    ARGOCD_APP_PROJECT_NAME: application.project,
    ARGOCD_APP_REVISION: REVISION,
    ARGOCD_APP_REVISION_SHORT: REVISION.slice(0, 7),
    ARGOCD_APP_REVISION_SHORT_8: REVISION.slice(0, 8),
    ARGOCD_APP_SOURCE_REPO_URL: application.repoUrl,
    ARGOCD_APP_SOURCE_PATH: application.path,
    ARGOCD_APP_SOURCE_TARGET_REVISION: application.targetRevision,
  };
}

/** `$NAME`, `${NAME}`, the shell's special names, and what Go's `os.Expand` takes for bad syntax and eats. */
const REFERENCE =
  /\$(?:\{(?<special>[*#$@!?\-0-9])\}|\{(?<braced>[^}]*)\}|\{|(?<short>[*#$@!?\-0-9])|(?<plain>\w+))/g;

/**
 * Replaces references to variables, as Argo CD does: unknown ones become nothing, `$$` a
 * dollar sign.
 * @see https://github.com/argoproj/argo-cd/blob/master/pkg/apis/application/v1alpha1/types.go (Envsubst)
 */
export function substitute(text: string, environment: BuildEnvironment): string {
  let result = '';
  let end = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const { special, braced, short, plain } = match.groups ?? {};
    result += text.slice(end, match.index) + lookUp(special ?? braced ?? short ?? plain ?? '', environment);
    end = match.index + match[0].length;
  }
  return result + text.slice(end);
}

function lookUp(name: string, environment: BuildEnvironment): string {
  if (name === '$') return '$';
  return Object.hasOwn(environment, name) ? (environment[name] ?? '') : '';
}
