import { shownAddress } from '../model/remoteInputs.ts';
import type { Address } from '../settings/address.ts';
import { Refusal } from './refusal.ts';

/** A place in a registry that holds the versions of one chart. */
export interface RegistryPlace {
  /** Of the registry, without path. */
  readonly origin: URL;
  /** Such as `acme/charts/podinfo`. */
  readonly name: string;
  /** For messages. */
  readonly shown: string;
}

/**
 * The place that an `oci` address names.
 * @throws {Refusal} where registries have no such names.
 */
export function registryPlace(address: Address): RegistryPlace {
  const name = address.segments.join('/');
  const shown = `oci://${address.host}/${name}`;
  if (name.length > 255 || !NAME.test(name)) {
    throw new Refusal(`${shownAddress(shown)} is no name that a registry can have`);
  }
  return { origin: new URL(address.url.origin), name, shown };
}

// https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pulling-manifests
const PART = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const NAME = new RegExp(`^${PART}(?:/${PART})*$`);
