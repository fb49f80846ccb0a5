import type { ManifestObject } from '../../model/manifest.ts';
import { isJsonObject, type JsonObject, MalformedSchema } from './jsonObject.ts';
import { strictRootSchema } from './strictSchema.ts';

/** What a CustomResourceDefinition says of one version of its kind. */
export interface CustomVersion {
  /** `example.com/v1 Widget`. */
  readonly name: string;
  /** To compile; null where there is none that can be used. */
  readonly schema: JsonObject | null;
  /** Why there is no schema. */
  readonly reason: string;
  /** Whether a status that is applied is cleared. */
  readonly hasStatus: boolean;
}

/**
 * The kinds that a CustomResourceDefinition of apiextensions.k8s.io/v1 gives. One that is
 * malformed gives its kinds without schema, and the reason; nothing here throws.
 */
export function customVersions(definition: ManifestObject): CustomVersion[] {
  const { spec } = definition;
  if (!isJsonObject(spec) || !isJsonObject(spec.names) || !Array.isArray(spec.versions)) return [];
  const { group, names, versions } = spec;
  const kind = names.kind;
  if (typeof group !== 'string' || typeof kind !== 'string') return [];
  return versions.flatMap((version: unknown) => {
    if (!isJsonObject(version) || typeof version.name !== 'string') return [];
    return [customVersion(`${group}/${version.name} ${kind}`, version)];
  });
}

function customVersion(name: string, version: JsonObject): CustomVersion {
  const { schema, subresources, served } = version;
  const hasStatus = isJsonObject(subresources) && isJsonObject(subresources.status);
  const without = (reason: string) => ({ name, schema: null, reason, hasStatus });
  if (served === false) return without('its CustomResourceDefinition does not serve this version');
  const openapi = isJsonObject(schema) ? schema.openAPIV3Schema : undefined;
  if (openapi === undefined) return without('its CustomResourceDefinition has no openAPIV3Schema');
  try {
    return { name, schema: strictRootSchema(openapi), reason: '', hasStatus };
  } catch (error) {
    const why = error instanceof MalformedSchema ? error.message : 'it is nested too deeply';
    return without(`the openAPIV3Schema of its CustomResourceDefinition cannot be used: ${why}`);
  }
}
