import type { TestFiles } from './repository.ts';

/** The address of the repository under review. */
export const REPOSITORY = 'https://github.com/acme/gitops';
/** Where everything is applied. */
const SERVER = 'https://kubernetes.default.svc';

/** An Application whose fields stand on lines of their own; its path on line 12. */
export function application(
  name: string,
  path: string,
  { project = 'default', more = '', namespace = 'web' } = {},
): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
spec:
  project: ${project}
  destination:
    namespace: ${namespace}
    server: ${SERVER}
  source:
    path: ${path}
    repoURL: ${REPOSITORY}.git
    targetRevision: main
${more}`;
}

/** An Application of several sources: lines of the list with two spaces before each, from line 8 on. */
export function applicationOfSources(name: string, sources: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: default
  destination: { namespace: web, server: ${SERVER} }
  sources:
${sources}`;
}

/** An Application on one line; `spec` is laid over a usable one. */
export function applicationWith(spec: object, name = 'app', metadata: object = {}): string {
  return JSON.stringify({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: 'argocd', ...metadata },
    spec: { project: 'default', destination: { server: SERVER, namespace: 'web' }, ...spec },
  });
}

/** A source in the repository under review. */
export function inRepository(source: object): object {
  return { repoURL: REPOSITORY, targetRevision: 'main', ...source };
}

/** The same of one source in the repository under review. */
export function withSource(source: object, name = 'app'): string {
  return applicationWith({ source: inRepository({ repoURL: `${REPOSITORY}.git`, ...source }) }, name);
}

/** An ApplicationSet on one line. */
export function applicationSet(spec: object, name = 'set'): string {
  return JSON.stringify({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name, namespace: 'argocd' },
    spec,
  });
}

/** What an ApplicationSet makes its Applications of; `more` is laid over a usable spec. */
export function applicationTemplate(name: string, source: object, more: object = {}): object {
  const destination = { name: 'in-cluster', namespace: 'web' };
  return { metadata: { name }, spec: { project: 'default', source, destination, ...more } };
}

/** The API versions of operators' objects that are current, by kind; the rest are sources of Flux. */
const VERSIONS: Readonly<Record<string, string>> = {
  Application: 'argoproj.io/v1alpha1',
  ApplicationSet: 'argoproj.io/v1alpha1',
  AppProject: 'argoproj.io/v1alpha1',
  Kustomization: 'kustomize.toolkit.fluxcd.io/v1',
  HelmRelease: 'helm.toolkit.fluxcd.io/v2',
  ImagePolicy: 'image.toolkit.fluxcd.io/v1',
  ImageRepository: 'image.toolkit.fluxcd.io/v1',
  ArtifactGenerator: 'source.extensions.fluxcd.io/v1beta1',
};

function versionOf(kind: string): string {
  return VERSIONS[kind] ?? 'source.toolkit.fluxcd.io/v1';
}

/** An object of Argo CD or Flux without its spec: what comes next goes on line 4. */
export function headOf(kind: string, name: string): string {
  const apiVersion = versionOf(kind);
  const namespace = apiVersion.startsWith('argoproj.io/') ? 'argocd' : 'flux-system';
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name}, namespace: ${namespace} }\n`;
}

/** A Flux object: lines of its `spec` with two spaces before each, from line 8 on. */
export function flux(kind: string, name: string, spec: string): string {
  const required = kind === 'Kustomization' && !spec.includes('prune:') ? '\n  prune: true\n' : '';
  return `apiVersion: ${versionOf(kind)}
kind: ${kind}
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 10m
${spec}${required}`;
}

/** A Flux object as a document of a file; `spec` is YAML in flow form, without braces. */
export function fluxDocument(
  kind: string,
  spec: string,
  { name = 'web', namespace = 'flux-system', apiVersion = versionOf(kind) } = {},
): string {
  return `---
apiVersion: ${apiVersion}
kind: ${kind}
metadata: {name: ${name}, namespace: ${namespace}}
spec: {${spec}}
`;
}

/** A ConfigMap or Secret as a document of a file; `data` is YAML in flow form, without braces. */
export function dataDocument(kind: string, name: string, data: string, namespace = 'flux-system'): string {
  return `---\napiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\ndata: {${data}}\n`;
}

/** The GitRepository of the repository under review. */
export function gitRepository(name = 'flux-system'): string {
  return flux('GitRepository', name, `  url: ${REPOSITORY}\n  ref: { branch: main }\n`);
}

/** A HelmRepository `charts`. */
export function helmRepository(url: string): string {
  return flux('HelmRepository', 'charts', `  url: ${url}\n`);
}

/** A Kustomization that prunes; `more` are lines of its spec, from line 11 on. */
export function kustomization(
  name: string,
  path: string,
  { source = 'flux-system', more = '' } = {},
): string {
  const from = `{ kind: GitRepository, name: ${source} }`;
  return flux('Kustomization', name, `  path: ${path}\n  prune: true\n  sourceRef: ${from}\n${more}`);
}

/** A HelmRelease; `chart` are fields of its chart besides the source, `more` lines of its spec from line 9 on. */
export function helmRelease(
  name: string,
  chart: string,
  { source = 'flux-system', kind = 'GitRepository', more = '' } = {},
): string {
  const spec = `{ chart: ${chart}, sourceRef: { kind: ${kind}, name: ${source} } }`;
  return flux('HelmRelease', name, `  chart: { spec: ${spec} }\n${more}`);
}

export function configMap(name: string, data = 'a: b', metadata = ''): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
${metadata}data:
  ${data}
`;
}

/** A chart with a ConfigMap of its name. */
export function chart(folder: string, files: Readonly<Record<string, string>> = {}): TestFiles {
  return chartFiles(folder, {
    'values.yaml': 'a: chart\n',
    'templates/config.yaml': configMap('{{ .Release.Name }}', 'a: {{ .Values.a | quote }}'),
    ...files,
  });
}

/** A chart of these files alone, in a folder. */
export function chartFiles(folder: string, files: Readonly<Record<string, string>>): TestFiles {
  const all = { 'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n', ...files };
  return Object.fromEntries(Object.entries(all).map(([name, content]) => [`${folder}/${name}`, content]));
}
