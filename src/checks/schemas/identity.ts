import type { Violation } from '../../model/finding.ts';
import { isObject, type ManifestObject, type ManifestValue } from '../../model/manifest.ts';

/** Kinds that are asked, not stored: they have no name of their own. */
const NAMELESS = new Set(['authentication.k8s.io', 'authorization.k8s.io']);

/**
 * What a manifest lacks that every object must say: apiVersion, kind and a name
 * (https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields).
 * `generateName` is as good as a name.
 */
export function missingIdentity(manifest: ManifestObject): Violation[] {
  return [...missingText(manifest, 'apiVersion'), ...missingText(manifest, 'kind'), ...missingName(manifest)];
}

function missingText(manifest: ManifestObject, field: 'apiVersion' | 'kind'): Violation[] {
  const value = manifest[field] ?? null;
  if (typeof value === 'string' && value !== '') return [];
  if (value === null || value === '') {
    const rule = field === 'kind' ? 'missing-kind' : 'missing-api-version';
    return [violation(rule, `the resource lacks ${field}; ${EXAMPLES[field]}`, null)];
  }
  return [violation('wrong-type', `${field} must be a string, not ${typeName(value)}`, [field])];
}

const EXAMPLES = {
  apiVersion: 'it names the group and version, such as apps/v1',
  kind: 'it names the type of the resource, such as Deployment',
};

function missingName(manifest: ManifestObject): Violation[] {
  const { apiVersion, metadata = null } = manifest;
  if (typeof apiVersion === 'string' && NAMELESS.has(apiVersion.split('/')[0] ?? '')) return [];
  if (metadata === null) return [violation('missing-name', 'the resource lacks metadata.name', null)];
  // Another type is told of by the schema, where there is one.
  if (!isObject(metadata)) return [];
  const { name = null, generateName = null } = metadata;
  const missing = (name === null || name === '') && (generateName === null || generateName === '');
  return missing ? [violation('missing-name', 'the resource lacks metadata.name', ['metadata'])] : [];
}

function typeName(value: ManifestValue): string {
  if (Array.isArray(value)) return 'a list';
  return isObject(value) ? 'a mapping' : `a ${typeof value}`;
}

function violation(rule: string, message: string, fieldPath: Violation['fieldPath']): Violation {
  return { rule: `schema/${rule}`, severity: 'error', message, fieldPath };
}
