import { isPair, isScalar, isSeq, type Node, type Scalar, stringify, visit } from 'yaml';
import { linesOf, readDocuments, type SourceFile } from '../dialects/sourceFile.ts';
import type { Location } from '../model/finding.ts';
import type { FieldPath, ManifestObject } from '../model/manifest.ts';
import { stepsTo } from './stepsTo.ts';
import { placeInTransformer } from './transformers.ts';
import type { Wanted } from './wanted.ts';

/** What sets a field: a field of the edits, or a line of the text that it has, from 0. */
export interface Edit {
  readonly fieldPath: FieldPath;
  readonly line: number | null;
}

/** In the order in which kustomize applies the fields of a kustomization, the last one first. */
const TRANSFORMERS = [
  'ImageTagTransformer',
  'ReplicaCountTransformer',
  'PatchJson6902Transformer',
  'AnnotationsTransformer',
  'LabelTransformer',
  'NamespaceTransformer',
  'PatchTransformer',
  'PatchStrategicMergeTransformer',
];

/**
 * What of an operator's edits of a kustomization sets a field; a place in a file where a
 * patch is one. Null where nothing does.
 * @param edits fields of a kustomization.
 * @param folder the kustomization's.
 */
export async function placeInEdits(
  edits: ManifestObject,
  folder: string,
  wanted: Wanted,
): Promise<Edit | Location | null> {
  const plain: unknown = JSON.parse(JSON.stringify(edits));
  const text = stringify(plain, { lineWidth: 0, blockQuote: 'literal', aliasDuplicateObjects: false });
  const file = readDocuments(`${folder}/kustomization.yaml`, text);
  for (const transformer of TRANSFORMERS) {
    const place = await placeInTransformer(file, transformer, wanted);
    if (place !== null) return place.path === file.path ? editAt(file, place.startLine) : place;
  }
  return null;
}

/** The innermost field whose value stands on a line, or begins there. */
function editAt(file: SourceFile, line: number): Edit | null {
  let found: Edit | null = null;
  const [document] = file.documents;
  if (document === undefined) return null;
  const note = (node: Node, steps: FieldPath | null) => {
    const { startLine, endLine } = linesOf(file, node);
    if (steps === null || line < startLine || line > endLine) return;
    found = { fieldPath: steps, line: isBlock(node) ? line - startLine - 1 : null };
  };
  visit(document, {
    Node: (key, node, path) => {
      if (key === 'key') return;
      const parent = path.at(-1);
      const steps = isPair(parent) || isSeq(parent) ? stepsTo([...path, node]) : null;
      note(node, steps);
    },
  });
  return found;
}

function isBlock(node: Node): node is Scalar {
  return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
}
