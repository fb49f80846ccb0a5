import { readBuiltInPolicies } from '../../src/checks/policies/builtIn.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openRepository } from '../../src/git/repository.ts';
import type { OpenRemotes } from '../../src/model/remoteInputs.ts';
import type { Review } from '../../src/model/review.ts';
import { type RepositoryIdentity, reviewRepository } from '../../src/review/reviewRepository.ts';
import { createRepository, type TestFiles } from '../helpers/repository.ts';
import { watchReview } from './reviewed.ts';

/** The address of the repository under review. */
export const REPOSITORY = 'https://github.com/acme/gitops';
const IDENTITY: RepositoryIdentity = { urls: [REPOSITORY], branch: 'main' };

interface ComparedTarget {
  /** Files at the base; nothing but a README by default. */
  readonly base?: TestFiles;
  /** What the head changes. */
  readonly head: TestFiles;
  readonly openRemotes?: OpenRemotes | undefined;
}

/** Reviews a commit on top of another one, by real Git and the given engine. */
export async function reviewed(
  engine: Engine,
  { base = {}, head, openRemotes }: ComparedTarget,
): Promise<Review> {
  const clone = await createRepository();
  const from = await clone.commit({ 'README.md': 'words', ...base });
  const to = await clone.commit(head);
  const repository = await openRepository(clone.dir);
  try {
    const review = await reviewRepository({
      repository,
      base: from,
      head: to,
      engine,
      identity: IDENTITY,
      openRemotes,
    });
    watchReview(review);
    return review;
  } finally {
    await repository.close();
    await clone.remove();
  }
}

/** `id kind path status` of each target. */
export function targetsOf({ targets }: Review): string[] {
  return targets.map(({ id, kind, path, status }) => `${id} ${kind} ${path} ${status}`);
}

const BUILT_IN = new Set(
  (await readBuiltInPolicies()).map(({ path }) => path.split('/').slice(1, 3).join('/')),
);

/** `status severity rule path:line message` of each finding but those of built-in policies, which have tests of their own. */
export function findingsOf({ findings }: Review): string[] {
  const others = findings.filter(({ rule }) => !BUILT_IN.has(rule));
  return others.map(({ status, severity, rule, location, message }) =>
    [
      status,
      severity,
      rule,
      location === null ? '-' : `${location.path}:${location.startLine}`,
      message,
    ].join(' '),
  );
}

/** What is said of rendering being not validated, as `subject: reason`. */
export function gapsOf({ notValidated }: Review): string[] {
  return notValidated
    .filter(({ concern }) => concern === 'render')
    .map(({ subject, reason }) => `${subject}: ${reason}`);
}

/** `target change Kind/name` of each change. */
export function changesOf({ changes }: Review): string[] {
  return changes.map(
    ({ target, change, resource }) => `${target} ${change} ${resource.kind}/${resource.name}`,
  );
}

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
    server: https://kubernetes.default.svc
  source:
    path: ${path}
    repoURL: ${REPOSITORY}.git
    targetRevision: main
${more}`;
}

/** A Flux object: lines of its `spec` with two spaces before each. */
export function flux(kind: string, name: string, spec: string): string {
  const group = {
    Kustomization: 'kustomize.toolkit.fluxcd.io/v1',
    HelmRelease: 'helm.toolkit.fluxcd.io/v2',
    GitRepository: 'source.toolkit.fluxcd.io/v1',
    HelmRepository: 'source.toolkit.fluxcd.io/v1',
    ImagePolicy: 'image.toolkit.fluxcd.io/v1',
    ImageRepository: 'image.toolkit.fluxcd.io/v1',
  }[kind];
  const required = kind === 'Kustomization' && !spec.includes('prune:') ? '\n  prune: true\n' : '';
  return `apiVersion: ${group}
kind: ${kind}
metadata:
  name: ${name}
  namespace: flux-system
spec:
  interval: 10m
${spec}${required}`;
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
  const all = {
    'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'values.yaml': 'a: chart\n',
    'templates/config.yaml': configMap('{{ .Release.Name }}', 'a: {{ .Values.a | quote }}'),
    ...files,
  };
  return Object.fromEntries(Object.entries(all).map(([name, content]) => [`${folder}/${name}`, content]));
}
