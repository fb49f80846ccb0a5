import { expect, test } from '@jest/globals';
import { buildOptions } from '../../../src/targets/kustomize/buildOptions.ts';

test.each<[string, ReturnType<typeof buildOptions>]>([
  ['', {}],
  ['--enable-helm --load-restrictor=LoadRestrictionsNone', { unrestricted: true }],
  ['--enable-helm --helm-kube-version 1.31', { charts: { kubeVersion: '1.31' } }],
  ['--helm-kube-version=1.30 --helm-kube-version="1.31"', { charts: { kubeVersion: '1.31' } }],
  [
    '--helm-api-versions a/v1 --load-restrictor LoadRestrictionsNone --helm-api-versions=b/v1/B',
    { unrestricted: true, charts: { apiVersions: ['a/v1', 'b/v1/B'] } },
  ],
  ['--helm-kube-version', {}],
])('options %j', (given, expected) => {
  expect(buildOptions({ kustomize: { buildOptions: given } })).toEqual(expected);
});
