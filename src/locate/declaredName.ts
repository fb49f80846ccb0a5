import { entries, items, type SourceFile, textField } from '../dialects/sourceFile.ts';
import { table } from '../model/table.ts';
import { objectsIn } from './declaration.ts';

/**
 * The name under which a file declares a rendered resource: one of those that it had on its
 * way, the earliest first. A transformer of the author's own may have changed it in another
 * way: then it is the longest name of the same kind that the rendered one contains. Null
 * where there is none.
 * @param names the rendered name, and what it was before.
 */
export function declaredName(file: SourceFile, kind: string, names: readonly string[]): string | null {
  return choose(
    objectsIn(file)
      .filter((object) => object.kind === kind)
      .map(({ name }) => name),
    names,
  );
}

/** The same for a resource that a kustomization's generator makes. */
export function generatorName(file: SourceFile, kind: string, names: readonly string[]): string | null {
  const generated = file.documents.flatMap((document) =>
    entries(document.contents)
      .filter(({ key }) => key === GENERATORS[kind])
      .flatMap(({ value }) => items(value))
      .map((generator) => textField(generator, 'name') ?? ''),
  );
  return choose(generated, names);
}

/** The fields of a kustomization that make resources, by the kind of these. */
export const GENERATORS = table<string>({
  ConfigMap: 'configMapGenerator',
  Secret: 'secretGenerator',
});

function choose(declared: readonly string[], names: readonly string[]): string | null {
  const known = names.toReversed().find((name) => declared.includes(name));
  if (known !== undefined) return known;
  const [rendered = ''] = names;
  const contained = declared.filter((name) => name !== '' && rendered.includes(name));
  return contained.toSorted((a, b) => b.length - a.length)[0] ?? null;
}
