import { beforeAll, describe, expect, test } from '@jest/globals';
import { openSchemaSet, type SchemaSet } from '../../../src/checks/schemas/schemaSet.ts';
import type { ManifestObject } from '../../../src/model/manifest.ts';
import { Redactor } from '../../../src/model/redacted.ts';
import { redactManifest } from '../../../src/model/redactManifest.ts';
import { toResources } from '../../../src/model/resource.ts';

const ENC = 'ENC[AES256_GCM,data:abcd,iv:efgh,tag:ijkl,type:str]';
const SOPS = { mac: ENC, lastmodified: '2026-01-01T00:00:00Z', version: '3.9.0', age: [{ enc: 'x' }] };

let schemas: SchemaSet;
beforeAll(async () => {
  schemas = await openSchemaSet({ kubernetesVersion: '1.37' });
});

function rulesFor(manifest: ManifestObject): string[] {
  return toResources([redactManifest(manifest, new Redactor())]).flatMap((resource) => {
    const result = schemas.check(resource);
    return result.status === 'checked' ? result.violations.map(({ rule }) => rule) : [result.status];
  });
}

const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } };
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'd' },
  spec: {
    replicas: ENC,
    selector: { matchLabels: { app: 'd' } },
    template: {
      metadata: { labels: { app: 'd' } },
      spec: {
        containers: [{ name: 'c', image: 'i', imagePullPolicy: ENC, securityContext: { privileged: ENC } }],
      },
    },
  },
};

describe('a manifest that SOPS encrypted is judged as the cluster will see it', () => {
  test.each<[string, ManifestObject, string[]]>([
    ['a Secret', { ...secret, data: { a: ENC }, sops: SOPS }, []],
    ['any other kind', { ...deployment, sops: SOPS }, []],
    [
      'a field that is none, still',
      { ...secret, strngData: { a: ENC }, sops: SOPS },
      ['schema/unknown-field'],
    ],
    [
      'a sops field without an encryption',
      { ...secret, sops: { version: '3.9.0' } },
      ['schema/unknown-field'],
    ],
    [
      'values of an encryption that is not there',
      deployment,
      ['schema/wrong-type', 'schema/enum', 'schema/wrong-type'],
    ],
  ])('%s', (_, manifest, expected) => {
    expect(rulesFor(manifest)).toEqual(expected);
  });
});
