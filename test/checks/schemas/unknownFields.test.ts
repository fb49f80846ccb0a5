import { expect, test } from '@jest/globals';
import { openSchemaSet } from '../../../src/checks/schemas/schemaSet.ts';
import type { FieldPath, ManifestValue } from '../../../src/model/manifest.ts';
import { isObject } from '../../../src/model/manifest.ts';
import { fc, runs } from '../../helpers/properties.ts';
import { fixture } from './manifests.ts';

/** Mappings whose keys are the user's own. */
const FREE = new Set([
  'labels',
  'annotations',
  'matchLabels',
  'limits',
  'requests',
  'nodeSelector',
  'data',
  'binaryData',
]);

/** The places of all mappings that have a fixed set of fields. */
function closedMappings(value: ManifestValue, path: FieldPath = []): FieldPath[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => closedMappings(item, [...path, index]));
  if (!isObject(value) || FREE.has(String(path.at(-1)))) return [];
  return [path, ...Object.entries(value).flatMap(([name, inner]) => closedMappings(inner, [...path, name]))];
}

function withField(
  value: ManifestValue,
  path: FieldPath,
  field: string,
  content: ManifestValue,
): ManifestValue {
  const [step, ...rest] = path;
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === step ? withField(item, rest, field, content) : item));
  }
  if (!isObject(value)) return value;
  if (step === undefined) return { ...value, [field]: content };
  return { ...value, [step]: withField(value[step] ?? null, rest, field, content) };
}

test('an unknown field anywhere in a workload is the one finding, at its own path', async () => {
  const schemas = await openSchemaSet({ kubernetesVersion: '1.37' });
  const places = fixture('valid-core-kinds/workloads.yaml').flatMap((resource) =>
    closedMappings(resource.manifest).map((path) => ({ resource, path })),
  );
  expect(places.length).toBeGreaterThan(80);
  const name = fc.stringMatching(/^x[A-Za-z0-9/.~_ -]{0,12}$/);
  const content: fc.Arbitrary<ManifestValue> = fc.oneof<fc.Arbitrary<ManifestValue>[]>(
    fc.constant(null),
    fc.string(),
    fc.integer(),
    fc.constant([{}]),
    fc.constant({ a: 'b' }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...places), name, content, ({ resource, path }, field, value) => {
      const manifest = withField(resource.manifest, path, field, value);
      if (!isObject(manifest)) throw new Error('no mapping');
      const result = schemas.check({ ...resource, manifest });
      if (result.status !== 'checked') throw new Error('not checked');
      expect(result.violations.map(({ rule, fieldPath }) => ({ rule, fieldPath }))).toEqual([
        { rule: 'schema/unknown-field', fieldPath: [...path, field] },
      ]);
    }),
    { numRuns: runs(300) },
  );
});
