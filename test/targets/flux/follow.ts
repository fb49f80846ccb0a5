import { openRepository } from '../../../src/git/repository.ts';
import type { Followed } from '../../../src/model/followed.ts';
import type { FoundObject } from '../../../src/model/foundObject.ts';
import { Redactor } from '../../../src/model/redacted.ts';
import { noRemotes, type RemoteInputs } from '../../../src/model/remoteInputs.ts';
import type { Settings } from '../../../src/model/settings.ts';
import { DEFAULT_SETTINGS } from '../../../src/settings/defaults.ts';
import { followFlux } from '../../../src/targets/flux/followFlux.ts';
import { readPlainObjects } from '../../../src/targets/plainObjects.ts';
import { createRepository, type TestFiles } from '../../helpers/repository.ts';

/** The address of the repository under review in these tests. */
export const URL_OF_REPOSITORY = 'https://github.com/acme/fleet';

interface Options {
  readonly settings?: Partial<Settings>;
  readonly branch?: string | null;
  readonly urls?: readonly string[];
  readonly remote?: RemoteInputs;
  /** Objects besides those of the files. */
  readonly objects?: readonly FoundObject[];
}

/** Follows the Flux objects in a commit's plain files. */
export async function follow(files: TestFiles, options: Options = {}): Promise<Followed> {
  const clone = await createRepository();
  const commit = await clone.commit(files);
  const repository = await openRepository(clone.dir);
  try {
    const snapshot = await repository.snapshot(commit);
    const settings = { ...DEFAULT_SETTINGS, ...options.settings };
    const { objects: plain } = await readPlainObjects(snapshot, { settings, redactor: new Redactor('00') });
    return await followFlux({
      snapshot,
      settings,
      repository: {
        urls: options.urls ?? [URL_OF_REPOSITORY],
        branch: options.branch === undefined ? 'main' : options.branch,
      },
      engine: { renderTemplates: () => Promise.reject(new Error('Flux has no templates')) },
      remote: options.remote ?? noRemotes(),
      objects: [...plain, ...(options.objects ?? [])],
    });
  } finally {
    await repository.close();
    await clone.remove();
  }
}

/** What is said of objects, as `rule at field: message`. */
export function violationsOf({ violations }: Followed): string[] {
  return violations.map(
    ({ violation: { rule, severity, fieldPath, message } }) =>
      `${severity} ${rule} at ${(fieldPath ?? []).join('.')}: ${message}`,
  );
}

/** The only target's source; fails where there are more. */
export function sourceOf({ targets }: Followed) {
  const [only, ...others] = targets;
  if (only === undefined || others.length > 0) throw new Error(`${targets.length} targets`);
  return only.target.source;
}

/** The only target's reason why it is not followed. */
export function reasonOf(followed: Followed): string {
  const source = sourceOf(followed);
  return source.tool === 'none' ? source.reason : `rendered by ${source.tool}`;
}

export const GIT_REPOSITORY = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: flux-system, namespace: flux-system}
spec: {interval: 1m, url: ssh://git@github.com/acme/fleet.git, ref: {branch: main}}
`;

/** A Kustomization of that GitRepository; `spec` is YAML in flow form, without braces. */
export function kustomization(name: string, spec: string): string {
  const source = spec.includes('sourceRef') ? '' : 'sourceRef: {kind: GitRepository, name: flux-system}, ';
  return `---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec: {interval: 10m, prune: true, ${source}${spec}}
`;
}
