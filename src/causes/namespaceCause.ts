import { isNamespaceGiven, locate, type ToLocate } from '../locate/locate.ts';
import { isTemplate } from '../locate/template.ts';
import { textOfLines } from '../locate/textLines.ts';
import type { ObjectField } from '../model/foundObject.ts';
import { type FieldPath, textAt } from '../model/manifest.ts';
import type { OperatorRecord } from '../model/operatorRecord.ts';

/**
 * The field of the object that declares a target which gives a resource its namespace: to one
 * whose files state none, and to a chart that asks for that of its release. Null for another
 * field, and where something else gives it.
 */
export async function namespaceCause(
  { object, namespace }: OperatorRecord,
  field: ToLocate,
): Promise<ObjectField | null> {
  const { resource, fieldPath } = field;
  if (namespace === null || fieldPath === null || !isNamespace(fieldPath)) return null;
  if (textAt(resource.manifest, fieldPath) !== namespace.value) return null;
  const isOthers = (await isNamespaceGiven(field)) && !(await isOfRelease(field));
  return isOthers ? null : { object, fieldPath: namespace.fieldPath };
}

function isNamespace([first, second, ...others]: FieldPath): boolean {
  return first === 'metadata' && second === 'namespace' && others.length === 0;
}

/** https://helm.sh/docs/chart_template_guide/builtin_objects/ */
async function isOfRelease(field: ToLocate): Promise<boolean> {
  const place = await locate(field);
  if (place === null || !isTemplate(place.path)) return false;
  return /\.Release\.Namespace\b/.test(await textOfLines(field.snapshot, place));
}
