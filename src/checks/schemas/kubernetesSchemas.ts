import { readFile } from 'node:fs/promises';
import { packageFile } from '../../model/packageFile.ts';
import type { JsonObject } from './jsonObject.ts';

/** Minor versions of Kubernetes that schemas are shipped for, the newest first. */
export const SUPPORTED_KUBERNETES_VERSIONS = [
  '1.37',
  '1.36',
  '1.35',
  '1.34',
  '1.33',
  '1.32',
  '1.31',
  '1.30',
  '1.29',
] as const;

/** The built-in kinds of one minor version: a file of `schemas/kubernetes/`. */
export interface KubernetesSchemas {
  readonly provenance: { readonly module: string; readonly version: string };
  /** From `apps/v1 Deployment` to the name of a definition. */
  readonly kinds: Readonly<Record<string, string>>;
  /** Structural schemas that refer to each other by `$ref` and name. */
  readonly definitions: JsonObject;
}

/** The schemas, and the text that they were read from. */
export interface ReadSchemas extends KubernetesSchemas {
  readonly text: string;
}

const opened = new Map<string, Promise<ReadSchemas>>();

/**
 * The schemas of a minor version, such as `1.37`; read once per process.
 * @throws {RangeError} for a version that is not shipped.
 */
export function readKubernetesSchemas(minor: string): Promise<ReadSchemas> {
  const supported: readonly string[] = SUPPORTED_KUBERNETES_VERSIONS;
  if (!supported.includes(minor)) {
    const versions = supported.join(', ');
    return Promise.reject(
      new RangeError(
        `There are no schemas of Kubernetes ${minor}; set kubernetesVersion to one of ${versions}.`,
      ),
    );
  }
  const schemas = opened.get(minor) ?? read(minor);
  opened.set(minor, schemas);
  return schemas;
}

async function read(minor: string): Promise<ReadSchemas> {
  const text = await readFile(packageFile(`schemas/kubernetes/${minor}.json`), 'utf8');
  // The shape of the shipped files is held by a test.
  return { ...(JSON.parse(text) as KubernetesSchemas), text };
}
