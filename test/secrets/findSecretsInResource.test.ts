import { describe, expect, test } from '@jest/globals';
import type { ManifestObject } from '../../src/model/manifest.ts';
import { Redactor } from '../../src/model/redacted.ts';
import { redactManifest } from '../../src/model/redactManifest.ts';
import { type Resource, toResources } from '../../src/model/resource.ts';
import { plainValuesOf, renderedViolation } from '../../src/secrets/findSecretsInResource.ts';

const ENC = 'ENC[AES256_GCM,data:abcd,iv:efgh,tag:ijkl,type:str]';
const base64 = (text: string) => Buffer.from(text).toString('base64');

function rendered(manifest: ManifestObject): Resource[] {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, ...manifest };
  return toResources([redactManifest(secret, new Redactor())]);
}

const places = (manifest: ManifestObject) =>
  rendered(manifest)
    .flatMap(plainValuesOf)
    .map(({ path }) => path.join('.'));

describe('of a rendered Secret the plain values are', () => {
  test.each<[string, ManifestObject, string[]]>([
    ['those of data', { data: { a: 'Y2FuYXJ5', b: '' } }, ['data.a']],
    ['those of stringData', { stringData: { a: 'canary' } }, ['stringData.a']],
    ['a scalar in their place', { stringData: 'canary' }, ['stringData']],
    ['those below a mistyped field', { strngData: { a: 'canary' } }, ['strngData.a']],
    ['those inside of a value', { stringData: { a: { b: ['canary'] } } }, ['stringData.a']],
    ['none in a Secret without values', { type: 'Opaque', immutable: true }, []],
    ['none where SOPS encrypted it', { stringData: { a: ENC }, sops: { mac: ENC, version: '3.9.0' } }, []],
    [
      'none of what the rules of SOPS may leave out, which the file has',
      { stringData: { a: ENC, b: 'canary' }, sops: { mac: ENC } },
      [],
    ],
    ['none of an encrypted file', { data: { a: base64(`p: ${ENC}\nsops:\n  mac: ${ENC}\n`) } }, []],
    [
      'none of an encrypted file of variables',
      { data: { A: base64(ENC), sops_mac: base64(ENC), sops_version: base64('3.9.0') } },
      [],
    ],
    ['none where an operator fills them in', { stringData: { a: '$' + '{PASSWORD}' } }, []],
    ["none of another group's kind", { apiVersion: 'example.com/v1', data: { a: 'b' } }, []],
    ['none of another kind', { kind: 'ConfigMap', data: { a: 'b' } }, []],
  ])('%s', (_, manifest, expected) => {
    expect(places(manifest)).toEqual(expected);
  });
});

test('the violation names the keys, and the place of the first', () => {
  const [secret] = rendered({ stringData: { a: 'canary-a', b: 'canary-b' } });
  if (secret === undefined) throw new Error('nothing was rendered');
  expect(renderedViolation(secret, plainValuesOf(secret))).toEqual({
    rule: 'secret/plain-secret',
    severity: 'error',
    message:
      'Secret s is rendered from values that are committed in plain: a, b; rotate it, and use SealedSecret, ExternalSecret or SOPS',
    about: { secret: 's', keys: ['a', 'b'], isRendered: true },
    fieldPath: ['stringData', 'a'],
  });
});
