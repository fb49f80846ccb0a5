import { type FieldPath, formatFieldPath } from '../../model/manifest.ts';

/** How a message calls a field: by its path, and what has none is the resource as a whole. */
export function fieldName(path: FieldPath): string {
  return path.length === 0 ? 'the resource' : formatFieldPath(path);
}
