import type { ManifestObject } from '../../model/manifest.ts';
import { isJsonObject, type JsonObject } from './jsonObject.ts';

/** What a CustomResourceDefinition says of one version of its kind. */
export interface CustomVersion {
  /** `example.com/v1 Widget`. */
  readonly name: string;
  /** The openAPIV3Schema as the definition has it, or why there is none to check by. */
  readonly schema: unknown;
  readonly reason: string | null;
  /** Whether the API server clears the status of what is applied. */
  readonly hasStatus: boolean;
  /** False where the definition says that no object of this version is taken. */
  readonly isServed?: boolean;
  /** The plural name, by which rules of a cluster name the kind. */
  readonly resource?: string | undefined;
  readonly namespaced?: boolean | undefined;
  /** How messages call the schema, where it is not that of a CustomResourceDefinition. */
  readonly called?: string;
}

/**
 * The versions that a CustomResourceDefinition of apiextensions.k8s.io/v1 declares; none
 * where it is too malformed to say which kind it defines.
 */
export function customVersions(definition: ManifestObject): CustomVersion[] {
  const { spec } = definition;
  if (!isJsonObject(spec) || !isJsonObject(spec.names) || !Array.isArray(spec.versions)) return [];
  const { group, names, scope, versions } = spec;
  const { kind, plural } = names;
  const served = {
    resource: typeof plural === 'string' ? plural : undefined,
    namespaced: scope !== 'Cluster',
  };
  if (typeof group !== 'string' || typeof kind !== 'string') return [];
  return versions.flatMap((version: unknown) => {
    if (!isJsonObject(version) || typeof version.name !== 'string') return [];
    return [{ ...customVersion(`${group}/${version.name} ${kind}`, version), ...served }];
  });
}

function customVersion(name: string, { schema, subresources, served }: JsonObject): CustomVersion {
  const hasStatus = isJsonObject(subresources) && isJsonObject(subresources.status);
  const openapi = isJsonObject(schema) ? schema.openAPIV3Schema : undefined;
  let reason: string | null = null;
  if (served === false) reason = 'its CustomResourceDefinition does not serve this version';
  else if (openapi === undefined) reason = 'its CustomResourceDefinition has no openAPIV3Schema';
  return { name, schema: openapi, reason, hasStatus, isServed: served !== false };
}
