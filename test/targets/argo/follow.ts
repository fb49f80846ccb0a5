import { EnginePool } from '../../../src/engine/pool.ts';
import type { Violation } from '../../../src/model/finding.ts';
import type { Followed } from '../../../src/model/followed.ts';
import { type ManifestObject, type ManifestValue, textAt } from '../../../src/model/manifest.ts';
import { Redactor } from '../../../src/model/redacted.ts';
import type { Rendering } from '../../../src/model/rendering.ts';
import type { RenderSource } from '../../../src/model/renderSource.ts';
import type { ClusterSettings } from '../../../src/model/settings.ts';
import type { Target } from '../../../src/model/target.ts';
import { renderTarget } from '../../../src/render/renderTarget.ts';
import { argo } from '../../../src/targets/argo/argo.ts';
import { expectEachAboutToTell } from '../../checks/aboutTells.ts';
import { type FollowOptions, followObjects, onlyFollowed } from '../../helpers/followObjects.ts';
import { chartFiles } from '../../helpers/operators.ts';
import { ownSnapshot } from '../../helpers/ownCommits.ts';
import type { TestFiles } from '../../helpers/repository.ts';

/** What was followed, and how its targets render. */
export interface FollowedCommit extends Followed {
  render(target: Target): Promise<Rendering>;
}

/** One engine for a test file; close it at its end. */
export function createFollower() {
  const engine = new EnginePool({ size: 1 });

  /** Follows the Argo CD objects in a commit's plain files, with the real engine. */
  async function follow(files: TestFiles, options: FollowOptions = {}): Promise<FollowedCommit> {
    const snapshot = await ownSnapshot(files);
    const redactor = new Redactor('00');
    const followed = await followObjects(argo, { snapshot, engine }, options);
    return { ...followed, render: (target) => renderTarget(target, { engine, snapshot, redactor }) };
  }

  return { follow, close: () => engine.close() };
}

export function cluster(name: string, more: Partial<ClusterSettings> = {}): ClusterSettings {
  return { name, match: [], apiVersions: [], labels: {}, annotations: {}, values: {}, ...more };
}

/** The only target; fails where there are more. */
export function onlyTarget(followed: Followed): Target {
  return onlyFollowed(followed).target;
}

/** The only target's source without its steps, or why it is not followed. */
export function sourceOf(followed: Followed): Omit<RenderSource, 'steps'> | string {
  const { source } = onlyTarget(followed);
  if (source.tool === 'none') return source.reason;
  const { steps: _, ...rest } = source;
  return rest;
}

/** All that was said of objects so far in a test file. */
const said: Violation[] = [];

/** What is said of objects, as `rule at field: message`. Expects of each that its data tell it. */
export function violationsOf({ violations }: Followed): string[] {
  said.push(...violations.map(({ violation }) => violation));
  expectEachAboutToTell(said);
  return violations.map(
    ({ violation: { rule, fieldPath, message } }) => `${rule} at ${(fieldPath ?? []).join('.')}: ${message}`,
  );
}

/** Rendered resources as `Kind namespace/name`, in order; fails where the target does not render. */
export async function renderedNames(followed: FollowedCommit): Promise<string[]> {
  const resources = await rendered(followed);
  return resources.map((manifest) => {
    const namespace = textAt(manifest, ['metadata', 'namespace']);
    const name = textAt(manifest, ['metadata', 'name']) ?? '';
    return `${textAt(manifest, ['kind']) ?? ''} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  });
}

/** The only target's rendered manifests. */
export async function rendered(followed: FollowedCommit): Promise<ManifestObject[]> {
  const rendering = await followed.render(onlyTarget(followed));
  if (rendering.status === 'failed') throw new Error(rendering.problem.message);
  return rendering.resources.map(({ manifest }) => manifest);
}

/** What charts of a kustomization are told where neither the Application nor the settings name a version. */
export const CLUSTER_CHARTS = { kubeVersion: '1.37', served: { version: '1.37' } } as const;

export const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: b}\n';

export const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx:1.0}]}
`;

/** A chart that puts its values and release into a ConfigMap. */
export const CHART: TestFiles = chartFiles('chart', {
  'values.yaml': 'a: chart\nb: chart\nc: chart\nd: chart\n',
  'templates/config.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
data:
  values: {{ .Values | toJson | quote }}
  version: {{ .Capabilities.KubeVersion.Version }}
  monitoring: {{ .Capabilities.APIVersions.Has "monitoring.coreos.com/v1" | quote }}
`,
});

/** The values that {@link CHART} was rendered with. */
export function valuesIn(manifests: readonly ManifestObject[]): ManifestValue {
  return JSON.parse(textAt(manifests[0], ['data', 'values']) ?? 'null') as ManifestValue;
}
