import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { openSchemaSet } from '../../../src/checks/schemas/schemaSet.ts';
import { isObject } from '../../../src/model/manifest.ts';
import { packageFile } from '../../../src/model/packageFile.ts';
import { apiVersionOf, describeResource, type Resource } from '../../../src/model/resource.ts';
import { fixture } from './manifests.ts';

const folder = new URL('../../fixtures/catalogue/', import.meta.url);
/** Resources as the projects' documentation shows them. */
const documented = readdirSync(folder)
  .toSorted()
  .flatMap((name) => fixture(`catalogue/${name}`));
const index = JSON.parse(readFileSync(packageFile('schemas/catalogue/index.json'), 'utf8'));

/** Groups whose objects operators write, not people. */
const INTERNAL = new Set([
  'autoscaling.internal.knative.dev',
  'clusterctl.cluster.x-k8s.io',
  'ingress.operator.openshift.io',
  'reports.kyverno.io',
  'status.gatekeeper.sh',
]);

const schemas = await openSchemaSet({ kubernetesVersion: '1.37' });

test('the fixtures have every group of the catalogue that people write', () => {
  const groups = new Set(Object.keys(index).map((name) => name.split('/')[0] ?? ''));
  const shown = new Set(documented.map(({ group }) => group));
  expect([...groups].filter((group) => !shown.has(group) && !INTERNAL.has(group))).toEqual([]);
});

describe.each(
  documented.map((resource): [string, Resource] => [
    `${apiVersionOf(resource)} ${describeResource(resource)}`,
    resource,
  ]),
)('%s', (_, resource) => {
  test('is fine as it is documented', () => {
    expect(schemas.check(resource)).toEqual({ status: 'checked', violations: [] });
  });

  test('is refused with a field that it does not have', () => {
    const { manifest } = resource;
    // A report has no spec, and that of a trigger keeps what it does not know.
    const field = isObject(manifest['spec']) && resource.kind !== 'Trigger' ? 'spec' : 'metadata';
    const inside = isObject(manifest[field]) ? manifest[field] : {};
    const wrong = { ...resource, manifest: { ...manifest, [field]: { ...inside, noSuchField: 1 } } };
    expect(schemas.check(wrong)).toMatchObject({
      violations: [{ rule: 'schema/unknown-field', fieldPath: [field, 'noSuchField'] }],
    });
  });
});
