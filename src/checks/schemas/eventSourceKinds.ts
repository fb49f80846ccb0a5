import type { JsonObject } from './jsonObject.ts';

/**
 * Kinds that installations of Flux add to those that an Alert or a Receiver may name: the Flux
 * Operator patches its own into the definitions, and users of the Tofu controller do so too.
 * https://github.com/controlplaneio-fluxcd/flux-operator/blob/main/internal/builder/profiles.go
 */
const ADDED = ['FluxInstance', 'ResourceSet', 'ResourceSetInputProvider', 'Terraform'];

/** The schema of Flux's kinds of objects with what installations add; any other as it is. */
export function withEventSourceKinds(schema: JsonObject): JsonObject {
  const { enum: kinds } = schema;
  const isOfFlux = Array.isArray(kinds) && ['Bucket', 'HelmRelease'].every((kind) => kinds.includes(kind));
  return isOfFlux ? { ...schema, enum: [...new Set([...kinds, ...ADDED])] } : schema;
}
