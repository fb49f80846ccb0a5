import { expect, test } from '@jest/globals';
import { reviewed } from './reviewed.ts';

const SETTINGS = `kubernetesVersion: "1.36"
clusters:
  - name: old
    kubernetesVersion: "1.29"
  - name: new
    kubernetesVersion: "1.37"
  - name: usual
`;

/** `hostnameOverride` came with Kubernetes 1.34. */
const BASE = {
  '.hydrant.yaml': SETTINGS,
  'base/kustomization.yaml': 'resources: [pod.yaml]\n',
  'base/pod.yaml': `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers: [{ name: web, image: "example.com/web:1" }]
`,
  'clusters/old/kustomization.yaml': 'resources: [../../base]\n',
  'clusters/new/kustomization.yaml': 'resources: [../../base]\n',
  'clusters/usual/kustomization.yaml': 'resources: [../../base]\n',
};

test('each target is judged by the version of its own cluster', async () => {
  const { findings } = await reviewed(BASE, {
    'base/pod.yaml': `${BASE['base/pod.yaml']}  hostnameOverride: web-1\n`,
  });
  expect(
    findings
      .filter(({ rule }) => rule.startsWith('schema/'))
      .map(({ rule, targets, location }) => [rule, targets, location?.path, location?.startLine]),
  ).toEqual([['schema/unknown-field', ['clusters/old'], 'base/pod.yaml', 6]]);
});

test('a kind that only one of the clusters lacks is not validated there', async () => {
  const { notValidated } = await reviewed(BASE, {
    'base/kustomization.yaml': 'resources: [pod.yaml, policy.yaml]\n',
    'base/policy.yaml': `apiVersion: admissionregistration.k8s.io/v1
kind: MutatingAdmissionPolicy
metadata: { name: one }
spec:
  failurePolicy: Fail
  reinvocationPolicy: Never
  matchConstraints: {}
  mutations: []
`,
  });
  expect(notValidated.filter(({ concern }) => concern === 'schemas')).toEqual([
    {
      subject: 'admissionregistration.k8s.io/v1 MutatingAdmissionPolicy',
      reason: 'no schema for this kind (1 resource)',
      concern: 'schemas',
    },
  ]);
});
