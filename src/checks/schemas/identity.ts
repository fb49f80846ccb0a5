import type { Violation } from '../../model/finding.ts';
import {
  type FieldPath,
  formatFieldPath,
  isObject,
  type ManifestObject,
  type ManifestValue,
} from '../../model/manifest.ts';
import { table } from '../../model/table.ts';

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
  if (value === null || value === '')
    return [lacking(field === 'kind' ? 'missing-kind' : 'missing-api-version', [field], null)];
  const about = { field: [field], wanted: ['string'], given: typeName(value) };
  const [rule, fieldPath] = ['schema/wrong-type', [field]];
  return [{ rule, severity: 'error', message: notText(about), about, fieldPath }];
}

function missingName(manifest: ManifestObject): Violation[] {
  const { apiVersion, metadata = null } = manifest;
  if (typeof apiVersion === 'string' && NAMELESS.has(apiVersion.split('/')[0] ?? '')) return [];
  if (metadata === null) return [lacking('missing-name', NAME, null)];
  // Another type is told of by the schema, where there is one.
  if (!isObject(metadata)) return [];
  const { name = null, generateName = null } = metadata;
  const missing = (name === null || name === '') && (generateName === null || generateName === '');
  return missing ? [lacking('missing-name', NAME, ['metadata'])] : [];
}

const NAME = ['metadata', 'name'];

function typeName(value: ManifestValue): string {
  if (Array.isArray(value)) return 'list';
  return isObject(value) ? 'mapping' : typeof value;
}

function lacking(rule: string, field: FieldPath, fieldPath: FieldPath | null): Violation {
  const about = { field };
  return { rule: `schema/${rule}`, severity: 'error', message: lacks(about), about, fieldPath };
}

function lacks({ field }: { readonly field: FieldPath }): string {
  const name = formatFieldPath(field);
  const example = EXAMPLES[name];
  return `the resource lacks ${name}${example === undefined ? '' : `; ${example}`}`;
}

const EXAMPLES = table<string>({
  apiVersion: 'it names the group and version, such as apps/v1',
  kind: 'it names the type of the resource, such as Deployment',
});

function notText({ field, given }: { readonly field: FieldPath; readonly given: string }): string {
  return `${formatFieldPath(field)} must be a string, not a ${given}`;
}
