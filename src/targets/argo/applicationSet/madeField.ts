import { RE2JS } from 're2js';
import { listAt, objectAt } from '../../../model/fields.ts';
import type { FoundObject, ObjectField } from '../../../model/foundObject.ts';
import { Kind } from '../../../model/kinds.ts';
import {
  type FieldPath,
  isObject,
  type ManifestObject,
  type ManifestValue,
  nearestPath,
  textAt,
  valueAt,
} from '../../../model/manifest.ts';
import type { Resource } from '../../../model/resource.ts';

const TEMPLATE: FieldPath = Kind.ApplicationSet('spec', 'template');

/**
 * What of an ApplicationSet causes a field of an Application that it makes: the element of a
 * list that fills in the one parameter of the template's field, else that field, or the
 * nearest one around it; the set as a whole where its template says nothing of it.
 */
export function madeFieldOf(
  made: Resource,
  set: FoundObject,
  { fieldPath, inner }: Omit<ObjectField, 'object'>,
): ObjectField {
  if (fieldPath === null) return { object: set, fieldPath: null };
  const { manifest } = set.resource;
  const at = nearestPath(manifest, [...TEMPLATE, ...fieldPath]);
  if (at.length <= TEMPLATE.length + 1) return { object: set, fieldPath: null };
  const element = at.length === TEMPLATE.length + fieldPath.length ? elementField(made, manifest, at) : null;
  return { object: set, fieldPath: element ?? at, ...(element === null && inner !== undefined && { inner }) };
}

const PARAMETER = /\{\{-?\s*\.?([\w.-]+)\s*-?\}\}/g;

function elementField(made: Resource, set: ManifestObject, at: FieldPath): FieldPath | null {
  const names = [...(textAt(set, at) ?? '').matchAll(PARAMETER)].map(([, name]) => name ?? '');
  const [name] = names;
  if (name === undefined || new Set(names).size > 1) return null;
  const found = elementsIn(objectAt(set, ['spec']) ?? {}, ['spec']).filter(({ element }) =>
    fits(element, made, set),
  );
  const places = found.flatMap(({ fieldPath, element }) => {
    const path = stepsTo(element, name);
    return path === null ? [] : [[...fieldPath, ...path]];
  });
  return places.length === 1 ? (places[0] ?? null) : null;
}

interface Element {
  readonly element: ManifestObject;
  readonly fieldPath: FieldPath;
}

/** The elements of list generators, also inside of others. */
function elementsIn(value: ManifestObject, fieldPath: FieldPath): Element[] {
  return listAt(value, ['generators']).flatMap((generator, index) => {
    if (!isObject(generator)) return [];
    const at = [...fieldPath, 'generators', index];
    const own = listAt(generator, ['list', 'elements']).flatMap((element, position): Element[] =>
      isObject(element) ? [{ element, fieldPath: [...at, 'list', 'elements', position] }] : [],
    );
    const nested = ['matrix', 'merge'].flatMap((kind) =>
      elementsIn(objectAt(generator, [kind]) ?? {}, [...at, kind]),
    );
    return [...own, ...nested];
  });
}

/** Whether an element's parameters may have given an Application what its template says. */
function fits(element: ManifestObject, made: Resource, set: ManifestObject): boolean {
  const agree = (template: ManifestValue | undefined, result: ManifestValue | undefined): boolean => {
    if (typeof template === 'string')
      return typeof result === 'string' && isFilled(template, result, element);
    if (Array.isArray(template))
      return template.every((item, index) => agree(item, Array.isArray(result) ? result[index] : undefined));
    if (!isObject(template)) return true;
    return Object.entries(template).every(
      ([key, item]) => key.includes('{{') || agree(item, isObject(result) ? result[key] : undefined),
    );
  };
  const { metadata, spec } = made.manifest;
  const template = objectAt(set, TEMPLATE) ?? {};
  const name = (value: ManifestValue | undefined) => textAt(value, ['name']) ?? '';
  return agree(name(template['metadata']), name(metadata)) && agree(template['spec'], spec);
}

/** A parameter that the element does not have may be anything. */
function isFilled(template: string, result: string, element: ManifestObject): boolean {
  if (!template.includes('{{')) return true;
  let pattern = '';
  let end = 0;
  for (const match of template.matchAll(PARAMETER)) {
    pattern += quoted(template.slice(end, match.index));
    const path = stepsTo(element, match[1] ?? '');
    const value = path === null ? undefined : valueAt(element, path);
    pattern += value === undefined ? '[\\s\\S]*' : quoted(`${value as string | number | boolean}`);
    end = match.index + match[0].length;
  }
  const rest = template.slice(end);
  // What other actions of a Go template give is not known.
  if (pattern.includes('\\{\\{') || rest.includes('{{')) return true;
  return RE2JS.compile(`^${pattern}${quoted(rest)}$`)
    .matcher(result)
    .find();
}

/** A parameter by its name with dots. */
function stepsTo(element: ManifestObject, name: string): FieldPath | null {
  const paths: FieldPath[] = [[name], name.split('.')];
  return (
    paths.find((path) => ['string', 'number', 'boolean'].includes(typeof valueAt(element, path))) ?? null
  );
}

function quoted(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
