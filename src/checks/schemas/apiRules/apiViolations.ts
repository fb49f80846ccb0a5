import type { ApiError, ObjectValidation } from '../../../engine/protocol/validation.ts';
import type { Violation } from '../../../model/finding.ts';
import { type FieldPath, isObject, type ManifestValue } from '../../../model/manifest.ts';
import { Redacted } from '../../../model/redacted.ts';
import { apiVersionOf, type Resource } from '../../../model/resource.ts';
import { isSecret } from '../../../model/secretValue.ts';
import { table } from '../../../model/table.ts';
import { fieldName } from '../fieldName.ts';
import { apiFieldPath, existingPart } from './apiFieldPath.ts';

/** A violation with the path that the API server names, which may lead to a field that is absent. */
export interface ApiViolation {
  readonly at: FieldPath;
  readonly violation: Violation;
}

/**
 * The API server's answer as violations. What it says of a hidden value is not true, and left
 * out.
 * @param wrongSchema whether the schema has found why the object cannot be read.
 */
export function apiViolations(
  resource: Resource,
  { problem, errors = [], warnings = [] }: ObjectValidation,
  wrongSchema: boolean,
): ApiViolation[] {
  if (problem !== undefined) return wrongSchema ? [] : [unreadable(resource, problem)];
  const hidden = pathsOf(resource.manifest, (value) => value instanceof Redacted);
  const open = pathsOf(resource.manifest, isPlaceholder);
  return [
    ...errors.filter(({ field }) => !field.includes(CEL)).map((error) => refused(resource, error)),
    ...warnings.map((text) => warned(resource, text)),
  ].filter(({ at }) => !isHidden(at, hidden, resource) && !isOpen(at, open));
}

/** The CEL rules of a CustomResourceDefinition have a check of their own. */
const CEL = 'x-kubernetes-validations';

const RULES = table<string>({
  FieldValueRequired: 'required',
  FieldValueInvalid: 'invalid-value',
  FieldValueNotSupported: 'enum',
  FieldValueDuplicate: 'duplicate-value',
  FieldValueForbidden: 'forbidden',
  FieldValueNotFound: 'not-found',
  FieldValueTypeInvalid: 'wrong-type',
  FieldValueTooLong: 'length',
  FieldValueTooShort: 'length',
  FieldValueTooMany: 'length',
  FieldValueTooFew: 'length',
});

/** Upstream's words for an error that has no detail, without the value. */
const WITHOUT_VALUE = table<string>({
  FieldValueRequired: 'Required value',
  FieldValueForbidden: 'Forbidden',
  FieldValueDuplicate: 'Duplicate value',
  FieldValueTooLong: 'Too long',
});

function refused(resource: Resource, { type, field, message, detail }: ApiError): ApiViolation {
  const at = apiFieldPath(asWritten(field, resource), resource.manifest);
  const quote = !isSecret(resource.kind, apiVersionOf(resource));
  const said = oneLine(quote ? message : detail || (WITHOUT_VALUE[type] ?? 'Invalid value'));
  const about = { field: at, said, ...kindOf(resource) };
  return {
    at,
    violation: {
      rule: `schema/${RULES[type] ?? 'invalid-value'}`,
      severity: 'error',
      message: refusedText(about),
      about,
      fieldPath: placeOf(at, resource),
    },
  };
}

/**
 * Where all versions of a CustomResourceDefinition have the same schema, subresources or columns,
 * the API server reads them as those of the whole, and names them so.
 * https://github.com/kubernetes/apiextensions-apiserver/blob/master/pkg/apis/apiextensions/v1/conversion.go
 */
function asWritten(field: string, { kind, group, version }: Resource): string {
  if (group !== 'apiextensions.k8s.io' || kind !== 'CustomResourceDefinition' || version !== 'v1')
    return field;
  return field
    .replace(/^spec\.validation(?=[.[]|$)/, 'spec.versions[0].schema')
    .replace(
      /^spec\.(?=(?:subresources|additionalPrinterColumns|selectableFields)(?:[.[]|$))/,
      'spec.versions[0].',
    );
}

/** What the API server said of a field; null where its words are not shown. */
type Said<Words> = Kind & { readonly field: FieldPath; readonly said: Words };

function refusedText(about: Said<string>): string {
  return `${fieldName(about.field)}: ${about.said} (the API server's rule for ${kindName(about)})`;
}

/** `spec.containers[0].image: ...`, or a sentence about the whole. */
function warned(resource: Resource, text: string): ApiViolation {
  const [, field = '', rest = text] = /^([a-z]\w*(?:[.[][^:\s]*)?): (.*)$/s.exec(text) ?? [];
  const at = apiFieldPath(field, resource.manifest);
  const quote = !isSecret(resource.kind, apiVersionOf(resource));
  const about = { field: at, said: quote ? oneLine(rest) : null, ...kindOf(resource) };
  return {
    at,
    violation: {
      rule: 'schema/api-warning',
      severity: 'warning',
      message: warnedText(about),
      about,
      fieldPath: placeOf(at, resource),
    },
  };
}

function warnedText(about: Said<string | null>): string {
  const said = about.said ?? 'the API server warns of it';
  return `${fieldName(about.field)}: ${said} (warning of the API server on ${kindName(about)})`;
}

function unreadable(resource: Resource, problem: string): ApiViolation {
  const said = isSecret(resource.kind, apiVersionOf(resource)) ? null : oneLine(problem);
  const about = { said, ...kindOf(resource) };
  return {
    at: [],
    violation: {
      rule: 'schema/wrong-type',
      severity: 'error',
      message: unreadableText(about),
      about,
      fieldPath: null,
    },
  };
}

function unreadableText(about: Omit<Said<string | null>, 'field'>): string {
  return `the API server cannot read it as ${kindName(about)}${about.said === null ? '' : `: ${about.said}`}`;
}

type Kind = { readonly apiVersion: string; readonly kind: string };

function kindOf(resource: Resource): Kind {
  return { apiVersion: apiVersionOf(resource), kind: resource.kind };
}

function kindName({ apiVersion, kind }: Kind): string {
  return `${apiVersion} ${kind}`;
}

/** Upstream writes lists of names over several lines. */
function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}

function placeOf(at: FieldPath, { manifest }: Resource): FieldPath | null {
  const path = existingPart(at, manifest);
  return path.length === 0 ? null : path;
}

function pathsOf(
  value: ManifestValue,
  isWanted: (value: ManifestValue) => boolean,
  path: FieldPath = [],
): FieldPath[] {
  if (isWanted(value)) return [path];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => pathsOf(item, isWanted, [...path, index]));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, isWanted, [...path, name]));
}

/** `${cluster_domain}`: what Flux or a pipeline puts there is not known. */
function isPlaceholder(value: ManifestValue): boolean {
  return typeof value === 'string' && /\$\{[A-Za-z_]\w*(?:[:=-][^}]*)?\}/.test(value);
}

/** What stands for another value, or the mapping that has it: so the API server names a label. */
function isOpen(at: FieldPath, open: readonly FieldPath[]): boolean {
  return open.some(
    (path) =>
      at.length >= path.length - 1 && at.every((step, index) => index >= path.length || step === path[index]),
  );
}

/** A hidden value, what is around it, and `data` for what a Secret has in `stringData`. */
function isHidden(at: FieldPath, hidden: readonly FieldPath[], { kind, group }: Resource): boolean {
  const secret = kind === 'Secret' && group === '';
  return hidden.some((path) => {
    const own = secret && path[0] === 'stringData' ? ['data', ...path.slice(1)] : path;
    const length = Math.min(at.length, own.length);
    // What holds a Secret's values is judged by its names, elsewhere by its values too.
    if (secret && at.length < own.length) return false;
    return own.slice(0, length).every((step, index) => step === at[index]);
  });
}
