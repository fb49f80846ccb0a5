import { type Document, isMap, isScalar, type Node, visit } from 'yaml';
import { entries, field, items, linesOf, type SourceFile, textField } from '../dialects/sourceFile.ts';
import type { Location } from '../model/finding.ts';
import { objectsIn } from './declaration.ts';
import type { Failed } from './failed.ts';
import { readResourceName } from './resourceName.ts';

/** The first object of the file that the problem names that is no resource. */
export function incompleteObject({ files, problem }: Failed): Location | null {
  const file = files.find(({ path }) => path === problem.path);
  for (const document of file?.documents ?? []) {
    const found = incomplete(document, document.contents);
    if (file !== undefined && found !== null) return firstLine(file, found);
  }
  return null;
}

/** The object that the problem names. */
export function namedObject({ files, problem }: Failed): Location | null {
  const name = readResourceName(problem.subject ?? '');
  if (name === null) return null;
  for (const file of files) {
    const found = objectsIn(file).find((object) => object.kind === name.kind && object.name === name.name);
    if (found !== undefined) return linesOf(file, field(found.node, 'kind') ?? found.node);
  }
  return null;
}

/** The object that asks for a plugin of the name. */
export function pluginObject({ files, problem }: Failed): Location | null {
  for (const file of files) {
    const found = objectsIn(file).find(({ kind }) => kind === problem.subject);
    if (found !== undefined) return linesOf(file, field(found.node, 'kind') ?? found.node);
  }
  return null;
}

/** A key that YAML 1.1 does not read as text, in a kustomization before any other file. */
export function unquotedKey({ files, kustomizations, problem }: Failed): Location | null {
  if (problem.subject !== null) return null;
  for (const file of [...kustomizations, ...files]) {
    for (const document of file.documents) {
      const key = unquotedKeyIn(document);
      if (key !== null) return linesOf(file, key);
    }
  }
  return null;
}

function incomplete(document: Document, node: unknown): Node | null {
  // An empty document is none.
  if (node === null || node === undefined || (isScalar(node) && node.value === '')) return null;
  const list = items(field(node, 'items'));
  if (textField(node, 'kind')?.endsWith('List') === true && list.length > 0) {
    return list.map((item) => incomplete(document, item)).find((found) => found !== null) ?? null;
  }
  const metadata = field(node, 'metadata');
  const name = textField(metadata, 'name') ?? textField(metadata, 'generateName');
  const kind = textField(node, 'kind');
  if (kind !== undefined && name !== undefined) return null;
  const misspelt = kind === undefined ? keyLike(node, 'kind') : keyLike(metadata, 'name');
  // What stands in a document is a node.
  return misspelt ?? (node as Node);
}

/** A key that was meant to be the one that is missing: `kindx`, `Kind`, `- kind`. */
function keyLike(node: unknown, name: string): Node | undefined {
  const like = new RegExp(`^\\W*\\w?${name}\\w?$`, 'i');
  return entries(node).find(({ key }) => like.test(key))?.at;
}

/** A whole object would be too much to mark. */
function firstLine(file: SourceFile, node: Node): Location {
  const place = linesOf(file, node);
  return { ...place, endLine: place.startLine };
}

const NOT_TEXT = /^(?:y|n|yes|no|on|off|true|false|null|~|[-+]?[\d_]+(?:\.\d*)?)$/i;

function unquotedKeyIn(document: Document): Node | null {
  const found: Node[] = [];
  visit(document, {
    Map: (_, map) => {
      for (const { key } of isMap(map) ? map.items : []) {
        if (isScalar(key) && key.type === 'PLAIN' && NOT_TEXT.test(String(key.value))) found.push(key);
      }
    },
  });
  return found[0] ?? null;
}
