import { Refusal } from './refusal.ts';
import type { RegistryPlace } from './registryReference.ts';

export const MANIFEST_TYPES =
  'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json';

/** https://helm.sh/docs/topics/registries/#helm-chart-manifest; the second is of older Helms. */
const CHART_TYPES = ['application/vnd.cncf.helm.chart.content.v1.tar+gzip', 'application/tar+gzip'];

/**
 * The SHA-256 of the chart that a manifest describes.
 * @throws {Refusal} where it describes something else.
 */
export function chartDigest(manifest: Uint8Array, { shown }: RegistryPlace, version: string): string {
  const layers = layersOf(manifest);
  for (const type of CHART_TYPES) {
    const digest = layers.find(({ mediaType }) => mediaType === type)?.digest;
    const [, sha256] = /^sha256:([0-9a-f]{64})$/.exec(String(digest)) ?? [];
    if (sha256 !== undefined) return sha256;
  }
  throw new Refusal(`${shown} has something at ${version} that is no Helm chart`);
}

interface Layer {
  readonly mediaType?: unknown;
  readonly digest?: unknown;
}

function layersOf(manifest: Uint8Array): Layer[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(manifest).toString('utf8'));
    const layers: unknown =
      typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'layers') : [];
    return Array.isArray(layers)
      ? layers.filter((layer): layer is Layer => typeof layer === 'object' && layer !== null)
      : [];
  } catch {
    return [];
  }
}
