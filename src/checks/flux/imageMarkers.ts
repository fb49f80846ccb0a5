import { type Document, isDocument, isMap, isNode, isPair, isScalar, isSeq, type Scalar, visit } from 'yaml';
import { field, linesOf, readDocuments, textField } from '../../dialects/sourceFile.ts';
import type { FileFact } from '../../model/fileFact.ts';
import type { Location } from '../../model/finding.ts';
import type { FieldPath } from '../../model/manifest.ts';
import type { ResourceId } from '../../model/resource.ts';

/** A comment by which image automation finds a value that it sets. */
export interface ImageMarker {
  /** The value as it is committed. */
  readonly value: string;
  /** What the marker names, such as `flux-system:web:tag`; null where the comment cannot be read. */
  readonly setter: string | null;
  readonly location: Location;
  readonly fieldPath: FieldPath;
  readonly resource: ResourceId | null;
}

/** What stands in a marker, and what files are looked for. */
const TOKEN = '$imagepolicy';

/** Whether a file may have markers at all. */
export const HAS_MARKERS: FileFact = {
  name: 'image markers 1',
  make: (bytes) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(TOKEN) ? 'yes' : 'no',
};

/**
 * The markers in a file (`image: nginx:1.2.3 # {"$imagepolicy": "flux-system:nginx"}`), or
 * the line that keeps it from being read: image automation leaves such a file alone.
 * https://fluxcd.io/flux/guides/image-update/#configure-image-update-for-custom-resources
 */
export function imageMarkers(path: string, text: string): ImageMarker[] | { readonly brokenLine: number } {
  if (!text.includes(TOKEN)) return [];
  const file = readDocuments(path, text);
  if (file.brokenLine !== null) return { brokenLine: file.brokenLine };
  const markers: ImageMarker[] = [];
  for (const document of file.documents) {
    visit(document, {
      Scalar: (key, scalar, ancestors) => {
        const setter = key === 'key' ? undefined : setterBehind(text, scalar);
        if (setter === undefined) return;
        markers.push({
          value: String(scalar.value),
          setter,
          location: linesOf(file, scalar),
          fieldPath: pathOf(key, ancestors),
          resource: resourceOf(document),
        });
      },
    });
  }
  return markers;
}

/** What the comment behind a value names; undefined where it is no marker, null where the marker is unclear. */
function setterBehind(text: string, { range }: Scalar): string | null | undefined {
  if (!range) return undefined;
  const end = text.indexOf('\n', range[1]);
  const rest = text.slice(range[1], end < 0 ? text.length : end).trim();
  if (!rest.startsWith('#') || !rest.includes(TOKEN)) return undefined;
  return setterIn(rest.replace(/^#+/, ''));
}

/** Like the controller's reader, takes a JSON object of texts and nothing else. */
function setterIn(comment: string): string | null {
  let content: unknown;
  try {
    content = JSON.parse(comment);
  } catch {
    return null;
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return null;
  const fields = new Map<string, unknown>(Object.entries(content));
  const setter = fields.get(TOKEN);
  const onlyTexts = [...fields.values()].every((value) => typeof value === 'string');
  return onlyTexts && typeof setter === 'string' && setter !== '' ? setter : null;
}

function pathOf(key: unknown, ancestors: readonly unknown[]): FieldPath {
  const path: (string | number)[] = [];
  for (const [index, ancestor] of ancestors.entries()) {
    const child = ancestors[index + 1];
    if (isPair(ancestor)) path.push(isScalar(ancestor.key) ? String(ancestor.key.value) : '');
    else if (isSeq(ancestor))
      path.push(isNode(child) || isPair(child) ? ancestor.items.indexOf(child) : Number(key));
    else if (!isMap(ancestor) && !isDocument(ancestor)) break;
  }
  return path;
}

function resourceOf(document: Document): ResourceId | null {
  const root = document.contents;
  const kind = textField(root, 'kind');
  const metadata = field(root, 'metadata');
  const name = textField(metadata, 'name');
  if (kind === undefined || name === undefined) return null;
  const [version = '', group = ''] = (textField(root, 'apiVersion') ?? '').split('/').toReversed();
  return { group, version, kind, namespace: textField(metadata, 'namespace') ?? null, name };
}
