import { entries, field, items, type SourceFile, textField } from '../model/sourceFile.ts';

/**
 * The name under which a file declares a rendered resource. Kustomize's prefixes, suffixes
 * and hashes stand around it, so it is the longest name of the same kind that the rendered
 * one contains; null where there is none.
 * @param kind null for the names of generators.
 */
export function declaredName(file: SourceFile, kind: string | null, renderedName: string): string | null {
  const names = kind === null ? generatorNames(file) : resourceNames(file, kind);
  if (names.includes(renderedName)) return renderedName;
  const contained = names.filter((name) => name !== '' && renderedName.includes(name));
  return contained.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

function resourceNames(file: SourceFile, kind: string): string[] {
  return file.documents.flatMap((document) => {
    const roots = [document.contents, ...items(document, field(document, document.contents, 'items'))];
    return roots
      .filter((root) => textField(document, root, 'kind') === kind)
      .map((root) => {
        const metadata = field(document, root, 'metadata');
        return textField(document, metadata, 'name') ?? textField(document, metadata, 'generateName') ?? '';
      });
  });
}

function generatorNames(file: SourceFile): string[] {
  return file.documents.flatMap((document) =>
    entries(document, document.contents)
      .filter(({ key }) => key === 'configMapGenerator' || key === 'secretGenerator')
      .flatMap(({ value }) => items(document, value))
      .map((generator) => textField(document, generator, 'name') ?? ''),
  );
}
