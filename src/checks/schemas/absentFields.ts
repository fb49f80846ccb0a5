import type { JsonObject } from './jsonObject.ts';

/** Those of the names that a mapping lacks; `null` is as good as nothing. */
export function absentFields(names: readonly string[], value: JsonObject): string[] {
  return names.filter((name) => !Object.hasOwn(value, name) || value[name] === null);
}
