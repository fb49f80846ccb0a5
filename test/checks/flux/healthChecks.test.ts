import { expect, test } from '@jest/globals';
import { checkHealthChecks } from '../../../src/checks/flux/healthChecks.ts';
import type { FoundObject } from '../../../src/model/foundObject.ts';
import { keyed } from '../../../src/model/keyedSource.ts';
import type { Rendering } from '../../../src/model/rendering.ts';
import type { TargetKind } from '../../../src/model/target.ts';
import { kustomizationRecord } from '../../../src/targets/flux/kustomizationRecord.ts';
import { releaseRecord } from '../../../src/targets/flux/releaseRecord.ts';
import { expectAboutToTell } from '../aboutTells.ts';
import { objectsOf } from './objects.ts';

const DEPLOYMENT = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\n';
const RELEASE =
  'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: r, namespace: shop}\nspec: {}\n';

function kustomization(checks: string, more = ''): FoundObject {
  const [object] = objectsOf(
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: k, namespace: flux-system}\nspec: {${more}healthChecks: [${checks}]}`,
  );
  if (object === undefined) throw new Error('no object');
  return object;
}

/** A rendering of some objects; of none where it failed. */
function rendering(
  id: string,
  text: string | null,
  cluster = 'one',
  kind: TargetKind = 'Kustomization',
): Rendering {
  const target = {
    id,
    kind,
    path: '.',
    cluster,
    environment: null,
    source: keyed({ tool: 'kustomize', path: '.' }),
  } as const;
  if (text !== null) {
    return {
      status: 'rendered',
      target,
      trace: [],
      resources: objectsOf(text).map(({ resource }) => resource),
    };
  }
  const problem = { kind: 'not-followed', message: '', path: null, line: null, subject: null } as const;
  return { status: 'failed', target, trace: [], problem };
}

function messages(renderings: readonly Rendering[], declared: Record<string, FoundObject>): string[] {
  const records = Object.entries(declared).map(([id, object]) => [id, recordOf(object)] as const);
  return checkHealthChecks(renderings, new Map(records)).map(
    ({ violation }) => `${violation.severity} ${violation.fieldPath?.join('.')}: ${violation.message}`,
  );
}

/** As Flux's room reads it. */
function recordOf(object: FoundObject) {
  const read = object.resource.kind === 'Kustomization' ? kustomizationRecord : releaseRecord;
  return read(object, { path: '.', appliesTo: null, waits: null, filesWait: null });
}

const CHECK = '{apiVersion: apps/v1, kind: Deployment, name: web, namespace: shop}';

test.each([
  ['as it stands', CHECK, DEPLOYMENT],
  ['whatever the version', CHECK.replace('apps/v1', 'apps/v2'), DEPLOYMENT],
  ['without apiVersion', '{kind: Deployment, name: web, namespace: shop}', DEPLOYMENT],
  ['without namespace', '{apiVersion: apps/v1, kind: Deployment, name: web}', DEPLOYMENT],
  ['in a namespace that the manifest leaves open', CHECK, DEPLOYMENT.replace(', namespace: shop', '')],
])('an object that the Kustomization renders is there, %s', (_, check, text) => {
  expect(messages([rendering('k', text)], { k: kustomization(check) })).toEqual([]);
});

test('an object that another target of the cluster renders is there, and one of another cluster is not', () => {
  const declared = { k: kustomization(CHECK) };
  expect(messages([rendering('k', ''), rendering('h', DEPLOYMENT, 'one', 'HelmRelease')], declared)).toEqual(
    [],
  );
  expect(messages([rendering('k', ''), rendering('h', DEPLOYMENT, 'two')], declared)).toHaveLength(1);
});

test('an object that nothing renders is a warning at its name', () => {
  const declared = { k: kustomization(`${CHECK}, {kind: Service, name: web}`) };
  expect(messages([rendering('k', DEPLOYMENT)], declared)).toEqual([
    'warning spec.healthChecks.1.name: Service web is rendered by nothing in the repository: unless the cluster makes it, Kustomization k never becomes ready',
  ]);
  expect(
    messages([rendering('k', DEPLOYMENT.replace('apps/v1', 'v1'))], { k: kustomization(CHECK) }),
  ).toEqual([
    'warning spec.healthChecks.0.name: Deployment shop/web is rendered by nothing in the repository: unless the cluster makes it, Kustomization k never becomes ready',
  ]);
});

test('what nothing renders is recognised by its name and the Kustomization, not by its place', () => {
  const checks = [
    CHECK,
    CHECK.replace('web', 'api'),
    '{kind: Service, name: web}',
    '{kind: Service, name: web}',
  ];
  const found = checkHealthChecks(
    [rendering('k', '')],
    new Map([['k', recordOf(kustomization(checks.join(', ')))]]),
  ).map(({ violation }) => violation);
  expect(found).toHaveLength(4);
  expectAboutToTell(found);
  expect(found[3]?.about).toEqual({
    kind: 'Service',
    namespace: null,
    name: 'web',
    waiting: 'Kustomization k',
  });
});

test('nothing is said where a HelmRelease of the namespace did not render', () => {
  const [release] = objectsOf(RELEASE);
  const [elsewhere] = objectsOf(RELEASE.replace('spec: {}', 'spec: {targetNamespace: other}'));
  if (release === undefined || elsewhere === undefined) throw new Error('no object');
  const renderings = [rendering('k', RELEASE), rendering('h', null, 'one', 'HelmRelease')];
  expect(messages(renderings, { k: kustomization(CHECK), h: release })).toEqual([]);
  expect(messages(renderings, { k: kustomization(CHECK), h: elsewhere })).toHaveLength(1);
});

test('nothing is said of a Kustomization that waits for all it applies, or that does not render', () => {
  expect(messages([rendering('k', '')], { k: kustomization(CHECK, 'wait: true, ') })).toEqual([]);
  expect(messages([rendering('k', null)], { k: kustomization(CHECK) })).toEqual([]);
});
