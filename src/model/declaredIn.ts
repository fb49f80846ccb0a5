import type { FoundObject } from './foundObject.ts';

/** The target whose rendering an object stands in; null for one in a plain file. */
export function declaredIn(object: FoundObject | undefined): string | null {
  if (object === undefined || object.place.in === 'file') return null;
  return object.place.in === 'rendering' ? object.place.target.id : declaredIn(object.place.object);
}
