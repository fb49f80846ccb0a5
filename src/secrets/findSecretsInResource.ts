import { textMapAt } from '../model/fields.ts';
import type { Violation } from '../model/finding.ts';
import { type FieldPath, isObject, type ManifestObject, type ManifestValue } from '../model/manifest.ts';
import { Redacted } from '../model/redacted.ts';
import type { Rendering } from '../model/rendering.ts';
import { apiVersionOf, type Resource } from '../model/resource.ts';
import { canBeRead, isSecret, NO_VALUES } from '../model/secretValue.ts';
import { type CommittedValue, keysOf, type SecretKeys, secretNamed, sentence, WAY_OUT } from './committed.ts';
import { isHarmless } from './harmless.ts';
import { isPublicField, type SecretKind } from './publicFields.ts';

/** A value of a rendered Secret, with where it stands. */
export interface RenderedValue extends CommittedValue {
  readonly path: FieldPath;
}

/**
 * The values of a rendered Secret that were committed in plain: rendering adds none, so
 * whatever is neither encrypted nor a placeholder stands in some file.
 */
export function plainValuesOf(resource: Resource): RenderedValue[] {
  const { kind, manifest } = resource;
  if (!isSecret(kind, apiVersionOf(resource))) return [];
  const about = kindOf(resource);
  // What SOPS's rules leave out of its encryption is told of the file alone.
  if (manifest['sops'] !== undefined && hasEncrypted(manifest)) return [];
  return Object.entries(manifest)
    .filter(([name]) => !NO_VALUES.has(name))
    .flatMap(([name, value]) => (isObject(value) ? inMapping(name, value) : leaves(value, [name])))
    .filter(({ key, value }) => canBeRead(value.class) && !isPublicField(about, key))
    .filter(({ key, value }) => !isHarmless({ key, class: value.class }));
}

/** Identities of the values that a rendering's Secrets have. */
export function secretsIn(rendering: Rendering): string[] {
  if (rendering.status !== 'rendered') return [];
  return rendering.resources.flatMap((resource) =>
    plainValuesOf(resource).map(({ value }) => value.identity()),
  );
}

function kindOf({ manifest }: Resource): SecretKind {
  const type = manifest['type'];
  return {
    type: typeof type === 'string' ? type : '',
    labels: textMapAt(manifest, ['metadata', 'labels']),
  };
}

function hasEncrypted(manifest: ManifestObject): boolean {
  return ['data', 'stringData'].some((name) =>
    leaves(manifest[name] ?? null, [name]).some(({ value }) => value.class === 'encrypted'),
  );
}

/** What SOPS tells of an encrypted file of variables becomes a Secret's values as well. */
function inMapping(name: string, values: ManifestObject): RenderedValue[] {
  const mac = values['sops_mac'];
  const encrypted = mac instanceof Redacted && mac.class === 'encrypted';
  return Object.entries(values)
    .filter(([key]) => !(encrypted && key.startsWith('sops_')))
    .flatMap(([key, value]) => leaves(value, [name, key]));
}

function leaves(value: ManifestValue, path: readonly string[]): RenderedValue[] {
  if (value instanceof Redacted) return [{ key: path[1] ?? path[0] ?? '', value, path }];
  if (Array.isArray(value)) return value.flatMap((item) => leaves(item, path));
  return isObject(value) ? Object.values(value).flatMap((item) => leaves(item, path)) : [];
}

/** Says of a rendered Secret which of its values are committed in plain. */
export function renderedViolation({ name }: Resource, values: readonly RenderedValue[]): Violation {
  const about = { secret: name, keys: keysOf(values), isRendered: true };
  return {
    rule: 'secret/plain-secret',
    severity: 'error',
    message: isRenderedPlain(about),
    about,
    fieldPath: values[0]?.path ?? null,
  };
}

function isRenderedPlain({ secret, keys }: SecretKeys): string {
  return sentence(
    `${secretNamed(secret)} is rendered from values that are committed in plain: ${keys.join(', ')}; ${WAY_OUT}`,
  );
}
