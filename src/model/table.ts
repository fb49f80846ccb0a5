/**
 * A table that is asked for names which stand in files. It has the given rows alone, where an ordinary
 * object also answers to names that all objects have, such as `constructor`.
 */
export function table<T>(rows: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.freeze(Object.assign<object, Record<string, T>>(Object.create(null), rows));
}
