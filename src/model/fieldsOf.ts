type Step = string | number;

/** `true` where a type has the path, else `never`; optional fields count. */
type Has<T, Path extends readonly Step[]> = Path extends readonly [infer First, ...infer Rest extends Step[]]
  ? NonNullable<T> extends readonly (infer Item)[]
    ? First extends number
      ? Has<Item, Rest>
      : never
    : First extends keyof NonNullable<T>
      ? Has<NonNullable<T>[First], Rest>
      : never
  : true;

/**
 * Paths into manifests of a kind, as `valueAt` takes them: one that the kind does not have is
 * an error of the compiler. It says nothing of what a manifest really holds.
 */
export function fieldsOf<T>() {
  return <const Path extends readonly Step[]>(...path: [Has<T, Path>] extends [never] ? never : Path): Path =>
    path;
}
