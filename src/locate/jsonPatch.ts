import type { Node } from 'yaml';
import {
  field,
  items,
  linesOf,
  type SourceDocument,
  type SourceFile,
  textField,
} from '../dialects/sourceFile.ts';
import type { Location } from '../model/finding.ts';
import { type FieldPath, type ManifestValue, valueAt } from '../model/manifest.ts';
import { hasValue } from './scalar.ts';
import { walk } from './walk.ts';
import type { Wanted } from './wanted.ts';

/**
 * The operation of a JSON patch that sets a field, or something around it, as it was
 * rendered; or that removes what is missing below it.
 * https://www.rfc-editor.org/rfc/rfc6902
 */
export function placeInJsonPatch(file: SourceFile, wanted: Wanted): Location | null {
  for (const document of file.documents) {
    for (const operation of items(document.contents).toReversed()) {
      const place = removes(operation, wanted)
        ? linesOf(file, operation)
        : placeInOperation({ file, document }, operation, wanted);
      if (place !== null) return place;
    }
  }
  return null;
}

/** https://www.rfc-editor.org/rfc/rfc6901 */
function readPointer(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function placeInOperation(
  { file, document }: SourceDocument,
  operation: Node,
  { resource, fieldPath }: Wanted,
): Location | null {
  const pointer = textField(operation, 'path');
  const value = field(operation, 'value');
  if (pointer === undefined || value === undefined) return null;
  const steps = readPointer(pointer);
  if (!leadsTo(steps, fieldPath)) return null;
  const set = valueAt(resource.manifest, fieldPath.slice(0, steps.length));
  // What was put at an index may have moved, and what was appended stands anywhere.
  if (typeof fieldPath[steps.length - 1] === 'number' && !hasSameName(value, set)) return null;
  const rest = fieldPath.slice(steps.length);
  const walked =
    rest.length === 0 ? { at: value, value, depth: 0 } : walk({ document, node: value }, set ?? null, rest);
  if (walked === null || walked.depth !== rest.length) return null;
  if (!hasValue(walked.value, valueAt(resource.manifest, fieldPath))) return null;
  return linesOf(file, walked.at, walked.value);
}

function hasSameName(value: Node, rendered: ManifestValue | undefined): boolean {
  const own = field(value, 'name');
  const name = valueAt(rendered, ['name']);
  return own === undefined ? name === undefined : name !== undefined && hasValue(own, name);
}

function removes(operation: Node, { missing, resource, fieldPath }: Wanted): boolean {
  if (textField(operation, 'op') !== 'remove') return false;
  const steps = readPointer(textField(operation, 'path') ?? '');
  return missing.some(
    (path) =>
      leadsTo(steps, path) &&
      steps.length > fieldPath.length &&
      valueAt(resource.manifest, path.slice(0, steps.length)) === undefined,
  );
}

/** `-` appends, so it stands for whichever item was rendered. */
function leadsTo(steps: readonly string[], path: FieldPath): boolean {
  return (
    steps.length <= path.length && steps.every((step, index) => step === '-' || step === String(path[index]))
  );
}
