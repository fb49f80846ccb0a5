import { entriesAt, filledText, listAt } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { type FieldPath, isObject, type ManifestObject, textAt, valueAt } from '../../model/manifest.ts';
import { dataHolder, UNKNOWN } from './dataHolder.ts';
import { type KnownObjects, namespaceOf, nearest } from './knownObjects.ts';

/** The keys of a Secret; its values are never known. */
export interface SecretKeys {
  readonly names: readonly string[];
  /** False: it may have others. */
  readonly complete: boolean;
}

/** An object that makes a Secret, as controllers do from what may be committed. */
interface Maker {
  readonly group: string;
  readonly kind: string;
  /** Where it says the Secret's name, if it is not its own. */
  readonly name: FieldPath;
  readonly keys: (maker: ManifestObject) => SecretKeys;
}

const MAKERS: readonly Maker[] = [
  // https://github.com/bitnami-labs/sealed-secrets
  {
    group: 'bitnami.com',
    kind: 'SealedSecret',
    name: ['spec', 'template', 'metadata', 'name'],
    keys: sealedKeys,
  },
  // https://external-secrets.io/latest/api/externalsecret/
  {
    group: 'external-secrets.io',
    kind: 'ExternalSecret',
    name: ['spec', 'target', 'name'],
    keys: externalKeys,
  },
];

/**
 * The keys of a Secret that is in the repository, in plain or encrypted, or that a
 * SealedSecret or an ExternalSecret in it makes. Undefined where none is.
 */
export function secretKeys(
  known: KnownObjects,
  from: FoundObject,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): SecretKeys | undefined {
  const plain = dataHolder(known, from, { group: '', kind: 'Secret', namespace, name });
  if (plain === UNKNOWN) return { names: [], complete: false };
  if (plain !== undefined) {
    const { manifest } = plain.resource;
    return {
      names: [...keysAt(manifest, Kind.Secret('data')), ...keysAt(manifest, Kind.Secret('stringData'))],
      complete: true,
    };
  }
  for (const { group, kind, name: nameField, keys } of MAKERS) {
    const makers = known
      .ofKind(group, kind)
      .filter(({ resource }) => namespaceOf(resource) === namespace)
      .filter(({ resource }) => (filledText(resource.manifest, nameField) ?? resource.name) === name);
    const maker = nearest(from, makers);
    if (maker !== undefined) return keys(maker.resource.manifest);
  }
  return undefined;
}

function sealedKeys(sealed: ManifestObject): SecretKeys {
  const names = [
    ...keysAt(sealed, ['spec', 'encryptedData']),
    ...keysAt(sealed, ['spec', 'template', 'data']),
  ];
  return { names, complete: true };
}

function externalKeys(external: ManifestObject): SecretKeys {
  const template = keysAt(external, ['spec', 'target', 'template', 'data']);
  const data = entriesAt(external, ['spec', 'data']).flatMap(({ item }) => textAt(item, ['secretKey']) ?? []);
  // A template replaces what was fetched; `dataFrom` fetches what the store happens to have.
  const open =
    listAt(external, ['spec', 'dataFrom']).length > 0 ||
    listAt(external, ['spec', 'target', 'template', 'templateFrom']).length > 0;
  return { names: template.length > 0 ? template : data, complete: !open };
}

function keysAt(manifest: ManifestObject, path: FieldPath): string[] {
  const found = valueAt(manifest, path);
  return isObject(found) ? Object.keys(found) : [];
}
