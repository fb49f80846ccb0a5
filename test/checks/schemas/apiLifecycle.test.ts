import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type ApiHistory, readApiHistory } from '../../../src/checks/schemas/apiHistory.ts';
import { lifecycleViolations } from '../../../src/checks/schemas/apiLifecycle.ts';
import { readKubernetesSchemas } from '../../../src/checks/schemas/kubernetesSchemas.ts';
import { openSchemaSet, SUPPORTED_KUBERNETES_VERSIONS } from '../../../src/checks/schemas/schemaSet.ts';
import { packageFile } from '../../../src/model/packageFile.ts';
import { expectAboutToTell } from '../aboutTells.ts';
import { resourceOf } from './manifests.ts';

let history: ApiHistory;
beforeAll(async () => {
  history = await readApiHistory();
});

/** What is said of the API of a resource, with `apiVersion` as the field. */
async function saidOf(name: string, kubernetesVersion: string): Promise<string[] | 'no-schema'> {
  const [apiVersion, kind] = name.split(' ');
  const schemas = await openSchemaSet({ kubernetesVersion });
  const result = schemas.check(
    resourceOf(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }\n`),
  );
  if (result.status === 'no-schema') return result.status;
  return result.violations
    .filter(({ rule }) => rule.endsWith('-api'))
    .map(({ rule, severity, message, fieldPath }) => {
      expect(fieldPath).toEqual(['apiVersion']);
      return `${rule} ${severity}: ${message}`;
    });
}

describe('an API that the cluster does not serve any more', () => {
  test.each([
    ['extensions/v1beta1 Ingress', '1.22', 'use networking.k8s.io/v1'],
    ['networking.k8s.io/v1beta1 Ingress', '1.22', 'use networking.k8s.io/v1'],
    ['networking.k8s.io/v1beta1 IngressClass', '1.22', 'use networking.k8s.io/v1'],
    ['extensions/v1beta1 Deployment', '1.16', 'use apps/v1'],
    ['apps/v1beta1 StatefulSet', '1.16', 'use apps/v1'],
    ['apps/v1beta2 DaemonSet', '1.16', 'use apps/v1'],
    ['policy/v1beta1 PodDisruptionBudget', '1.25', 'use policy/v1'],
    ['policy/v1beta1 PodSecurityPolicy', '1.25', 'Kubernetes 1.37 has nothing in its place'],
    ['batch/v1beta1 CronJob', '1.25', 'use batch/v1'],
    ['batch/v2alpha1 CronJob', '1.21', 'use batch/v1'],
    ['autoscaling/v2beta1 HorizontalPodAutoscaler', '1.25', 'use autoscaling/v2'],
    ['autoscaling/v2beta2 HorizontalPodAutoscaler', '1.26', 'use autoscaling/v2'],
    ['rbac.authorization.k8s.io/v1beta1 ClusterRole', '1.22', 'use rbac.authorization.k8s.io/v1'],
    ['apiextensions.k8s.io/v1beta1 CustomResourceDefinition', '1.22', 'use apiextensions.k8s.io/v1'],
    [
      'admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration',
      '1.22',
      'use admissionregistration.k8s.io/v1',
    ],
    ['storage.k8s.io/v1beta1 StorageClass', '1.22', 'use storage.k8s.io/v1'],
    ['scheduling.k8s.io/v1beta1 PriorityClass', '1.22', 'use scheduling.k8s.io/v1'],
    ['node.k8s.io/v1beta1 RuntimeClass', '1.25', 'use node.k8s.io/v1'],
    ['discovery.k8s.io/v1beta1 EndpointSlice', '1.25', 'use discovery.k8s.io/v1'],
    ['flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema', '1.32', 'use flowcontrol.apiserver.k8s.io/v1'],
  ])('%s is an error', async (name, removed, way) => {
    expect(await saidOf(name, '1.37')).toEqual([
      `schema/removed-api error: ${name} was removed in Kubernetes ${removed}, and the cluster has 1.37; ${way}`,
    ]);
  });

  test('is none where the cluster still serves it', async () => {
    const name = 'flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema';
    const way = 'use flowcontrol.apiserver.k8s.io/v1';
    expect(await saidOf(name, '1.32')).toEqual([
      `schema/removed-api error: ${name} was removed in Kubernetes 1.32, and the cluster has 1.32; ${way}`,
    ]);
    for (const version of ['1.31', '1.30']) {
      expect(await saidOf(name, version)).toEqual([
        `schema/removed-api warning: ${name} is removed in Kubernetes 1.32; the cluster has ${version}; ${way}`,
      ]);
    }
    expect(await saidOf(name, '1.29')).toEqual([
      `schema/deprecated-api warning: ${name} is deprecated since Kubernetes 1.29; ${way}`,
    ]);
  });

  test('is known by announcement where no version without it is released', async () => {
    const name = 'resource.k8s.io/v1beta2 ResourceClaim';
    expect(await saidOf(name, '1.37')).toEqual([
      `schema/removed-api warning: ${name} is removed in Kubernetes 1.39; the cluster has 1.37; use resource.k8s.io/v1`,
    ]);
    expect(await saidOf(name, '1.36')).toEqual([
      `schema/deprecated-api warning: ${name} is deprecated since Kubernetes 1.36; use resource.k8s.io/v1`,
    ]);
    expect(await saidOf(name, '1.34')).toEqual([]);
  });

  test('says nothing of what stays, and of what is no API of Kubernetes', async () => {
    for (const version of SUPPORTED_KUBERNETES_VERSIONS) {
      for (const name of ['v1 Pod', 'apps/v1 Deployment', 'networking.k8s.io/v1 Ingress', 'batch/v1 CronJob'])
        expect(await saidOf(name, version)).toEqual([]);
      expect(await saidOf('example.com/v1 Anything', version)).toBe('no-schema');
    }
  });
});

describe('the history', () => {
  test('says what it was made from', () => {
    const { provenance } = JSON.parse(readFileSync(packageFile('schemas/kubernetes-history.json'), 'utf8'));
    expect(provenance).toMatchObject({
      licence: 'Apache-2.0',
      generator: 'npm run generate:api-history',
      served: { module: 'k8s.io/kubernetes', document: 'api/openapi-spec/swagger.json' },
      announced: { module: 'k8s.io/api', documents: '*/*/zz_generated.prerelease-lifecycle.go' },
    });
    const minors = Object.keys(provenance.served.versions).map((version) => version.split('.')[1]);
    expect(minors).toEqual(Array.from({ length: 25 }, (_, index) => String(13 + index)));
    for (const sum of Object.values(provenance.served.versions)) expect(sum).toMatch(/^h1:/);
  });

  test('has every kind that one shipped version serves and the next does not', async () => {
    const versions = SUPPORTED_KUBERNETES_VERSIONS.toReversed();
    for (const [index, minor] of versions.slice(1).entries()) {
      const [before, after] = await Promise.all(
        [versions[index] ?? '', minor].map(async (version) =>
          Object.keys((await readKubernetesSchemas(version)).kinds),
        ),
      );
      for (const name of before?.filter((kind) => after?.includes(kind) === false) ?? []) {
        const removed = history.get(name)?.removed ?? 'never';
        expect([name, minor, Number(removed.split('.')[1]) <= Number(minor.split('.')[1])]).toEqual([
          name,
          minor,
          true,
        ]);
      }
    }
  });

  test('removes nothing that the newest shipped version serves', async () => {
    const { kinds } = await readKubernetesSchemas('1.37');
    const wrong = Object.keys(kinds).filter(
      (name) => Number(history.get(name)?.removed?.split('.')[1] ?? 99) <= 37,
    );
    expect(wrong).toEqual([]);
  });
});

test('what is said of any API in any version is recognised by its data', async () => {
  const said = await Promise.all(
    SUPPORTED_KUBERNETES_VERSIONS.map(async (minor) => {
      const served = { minor, names: Object.keys((await readKubernetesSchemas(minor)).kinds), history };
      return [...history.keys()].flatMap((name) => lifecycleViolations(name, served));
    }),
  );
  expectAboutToTell(said.flat());
});
