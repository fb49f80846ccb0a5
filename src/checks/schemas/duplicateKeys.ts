import { type Document, isNode, isPair, isScalar, isSeq, visit, type YAMLMap } from 'yaml';
import { readDocuments } from '../../dialects/sourceFile.ts';
import type { SourceViolation } from '../../model/finding.ts';
import { type FieldPath, formatFieldPath } from '../../model/manifest.ts';
import { idOf, type ResourceId } from '../../model/resource.ts';
import { shownKey } from '../../model/secretValue.ts';

/**
 * Keys that stand twice in a mapping of a YAML or JSON file; the API server and the
 * renderers refuse them or take the last one, and nobody sees the other. Gives one
 * violation for each repetition, on its line. A file that is not YAML gives none: that
 * it cannot be read is told elsewhere.
 */
export function findDuplicateKeys(path: string, bytes: Uint8Array): SourceViolation[] {
  const text = textOf(bytes);
  if (text === null || TEMPLATE.test(text)) return [];
  const { documents, lines } = readDocuments(path, text);
  // The places in a broken document are guesses.
  if (documents.some(({ errors }) => errors.length > 0)) return [];
  const lineOf = (offset: number) => lines.linePos(offset).line;
  return documents.flatMap((document) => duplicatesIn(document, path, lineOf));
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Helm's control lines: the keys of two branches are not the keys of one mapping. */
const TEMPLATE = /^\s*\{\{-?\s*(?:if|else|end|range|with|define|block|include|template|\/\*)/m;

function duplicatesIn(
  document: Document.Parsed,
  path: string,
  lineOf: (offset: number) => number,
): SourceViolation[] {
  const violations: SourceViolation[] = [];
  const resource = resourceOf(document);
  // A value may stand where a Secret's key should.
  const shown = (name: string) => (resource?.kind === 'Secret' ? shownKey(name) : name);
  visit(document, {
    Map: (_, map, ancestors) => {
      for (const key of repeatedKeys(map)) {
        const steps = [...pathTo(map, ancestors), nameOf(key)];
        const fieldPath = steps.map((step) => (typeof step === 'string' ? shown(step) : step));
        const line = lineOf(startOf(key));
        // Without the line of the other: lines move, and the finding stays the same.
        const about = { field: fieldPath };
        violations.push({
          rule: 'schema/duplicate-key',
          severity: 'error',
          message: givenTwice(about),
          about,
          fieldPath,
          location: { path, startLine: line, endLine: line },
          resource,
        });
      }
    },
  });
  return violations;
}

function givenTwice({ field }: { readonly field: FieldPath }): string {
  return `${formatFieldPath(field)} is given more than once; keep one of them`;
}

/** Each key of a mapping that an earlier one already has. */
function repeatedKeys(map: YAMLMap): unknown[] {
  const names = new Set<string>();
  return map.items.flatMap(({ key }) => {
    const name = nameOf(key);
    if (names.has(name)) return [key];
    names.add(name);
    return [];
  });
}

/** A key as it becomes a field's name in JSON. */
function nameOf(key: unknown): string {
  return isScalar<string | number | boolean | null>(key) ? String(key.value ?? '') : String(key);
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function pathTo(node: unknown, ancestors: readonly unknown[]): FieldPath {
  const way = [...ancestors, node];
  return way.flatMap((step, index): FieldPath => {
    if (isPair(step)) return [nameOf(step.key)];
    return isSeq(step) ? [step.items.indexOf(way[index + 1])] : [];
  });
}

/** The resource that a document declares; null for a kustomization, values and the like. */
function resourceOf(document: Document.Parsed): ResourceId | null {
  const text = (...field: string[]): string => {
    const value: unknown = document.hasIn(field) ? document.getIn(field) : '';
    return typeof value === 'string' ? value : '';
  };
  const metadata = { name: text('metadata', 'name'), namespace: text('metadata', 'namespace') || null };
  const id = idOf({ apiVersion: text('apiVersion'), kind: text('kind'), metadata });
  return id.kind === '' || id.name === '' ? null : id;
}
