import type { Violation } from '../../../src/model/finding.ts';
import type { Followed } from '../../../src/model/followed.ts';
import { flux } from '../../../src/targets/flux/flux.ts';
import { expectEachAboutToTell } from '../../checks/aboutTells.ts';
import { type FollowOptions, followObjects, onlyFollowed } from '../../helpers/followObjects.ts';
import { fluxDocument } from '../../helpers/operators.ts';
import { ownSnapshot } from '../../helpers/ownCommits.ts';
import type { TestFiles } from '../../helpers/repository.ts';

/** Flux renders nothing while it is followed. */
const engine = { renderTemplates: () => Promise.reject(new Error('Flux has no templates')) };

/** Follows the Flux objects in a commit's plain files. */
export async function follow(files: TestFiles, options: FollowOptions = {}): Promise<Followed> {
  return followObjects(flux, { snapshot: await ownSnapshot(files), engine }, options);
}

/** All that was said of objects so far in a test file. */
const said: Violation[] = [];

/** What is said of objects, as `rule at field: message`. Expects of each that its data tell it. */
export function violationsOf({ violations }: Followed): string[] {
  said.push(...violations.map(({ violation }) => violation));
  expectEachAboutToTell(said);
  return violations.map(
    ({ violation: { rule, severity, fieldPath, message } }) =>
      `${severity} ${rule} at ${(fieldPath ?? []).join('.')}: ${message}`,
  );
}

/** The only target's source; fails where there are more. */
export function sourceOf(followed: Followed) {
  return onlyFollowed(followed).target.source;
}

/** The only target's reason why it is not followed. */
export function reasonOf(followed: Followed): string {
  const source = sourceOf(followed);
  return source.tool === 'none' ? source.reason : `rendered by ${source.tool}`;
}

/** The GitRepository that bootstrap makes, of the repository under review. */
export const GIT_REPOSITORY = fluxDocument(
  'GitRepository',
  'interval: 1m, url: ssh://git@github.com/acme/gitops.git, ref: {branch: main}',
  { name: 'flux-system' },
);

/** A Kustomization of that GitRepository; `spec` is YAML in flow form, without braces. */
export function kustomization(name: string, spec: string): string {
  const source = spec.includes('sourceRef') ? '' : 'sourceRef: {kind: GitRepository, name: flux-system}, ';
  return fluxDocument('Kustomization', `interval: 10m, prune: true, ${source}${spec}`, { name });
}

/** The field of a HelmRelease with a chart of that GitRepository. */
export function chartInGit(folder: string, more = ''): string {
  const source = 'sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}';
  return `chart: {spec: {chart: ${folder}, ${more}${source}}}`;
}

/** Makes an ExternalArtifact `apps` of that GitRepository, `@repo`. */
export function artifactGenerator(copies: string, more = ''): string {
  const sources = '[{alias: repo, kind: GitRepository, name: flux-system}]';
  const spec = `sources: ${sources}, artifacts: [{name: apps, copy: [${copies}]}]${more}`;
  return fluxDocument('ArtifactGenerator', spec, { name: 'parts' });
}
