import path from 'node:path';
import type { Document, Node } from 'yaml';
import {
  entries,
  field,
  items,
  linesOf,
  type SourceFile,
  textField,
  textOf,
} from '../dialects/sourceFile.ts';
import type { Location } from '../model/finding.ts';
import { table } from '../model/table.ts';
import type { Failed } from './failed.ts';
import { isNull } from './scalar.ts';

/** The entry of a kustomization that leads to what the problem is about. */
export function entryNaming({ kustomizations, problem: { subject, kind } }: Failed): Location | null {
  if (subject === null) return null;
  const places = kustomizations.map((file) => entryIn(file, subject, kind === 'remote'));
  return places.find((place) => place !== null) ?? null;
}

/** The field of the kustomization that the problem is in, or its generator, that has the name. */
export function placeInKustomization({ kustomizations, problem }: Failed): Location | null {
  const { subject } = problem;
  const file = kustomizations.find((one) => one.path === problem.path);
  const [document] = file?.documents ?? [];
  if (file === undefined || document === undefined) return null;
  if (subject === null) return linesOrNull(file, unfinishedEntry(document));
  const names = FIELDS[subject] ?? [subject];
  const own = entries(document.contents).find(({ key }) => names.includes(key));
  if (own !== undefined) return linesOf(file, own.at);
  const nested = keyBelow(document, document.contents, subject);
  if (nested !== null) return linesOf(file, nested);
  const entry = NAMED.flatMap((name) => listOf(document, name)).find(
    (one) => textField(one, 'name') === subject,
  );
  return linesOrNull(file, field(entry, 'name'));
}

/** An entry that lacks what it needs: a generator's name, a literal's key, or all of it. */
function unfinishedEntry(document: Document): Node | undefined {
  const generators = GENERATORS.flatMap((name) => listOf(document, name));
  const literals = generators.flatMap((generator) => items(field(generator, 'literals')));
  const listed = ['resources', 'components'].flatMap((name) => listOf(document, name));
  return (
    generators.find((generator) => (textField(generator, 'name') ?? '') === '') ??
    literals.find((literal) => textOf(literal)?.includes('=') === false) ??
    listed.find((entry) => isNull(entry, textOf(entry)) || textOf(entry) === '')
  );
}

function listOf(document: Document, name: string): Node[] {
  return items(field(document.contents, name));
}

function linesOrNull(file: SourceFile, node: Node | undefined): Location | null {
  return node === undefined ? null : linesOf(file, node);
}

const GENERATORS = ['configMapGenerator', 'secretGenerator'];

/** The lists of a kustomization whose entries have a name that errors call them by. */
const NAMED = [...GENERATORS, 'replicas', 'vars', 'images'];

/** The fields that set up what kustomize calls by another name. */
const FIELDS = table<readonly string[]>({
  patch: ['patches'],
  PatchTransformer: ['patches'],
  PatchStrategicMergeTransformer: ['patchesStrategicMerge'],
  PatchJson6902Transformer: ['patchesJson6902'],
  NamespaceTransformer: ['namespace'],
  PrefixTransformer: ['namePrefix'],
  SuffixTransformer: ['nameSuffix'],
  LabelTransformer: ['labels', 'commonLabels'],
  AnnotationsTransformer: ['commonAnnotations'],
  ImageTagTransformer: ['images'],
  ReplicaCountTransformer: ['replicas'],
  ReplacementTransformer: ['replacements'],
  ConfigMapGenerator: ['configMapGenerator'],
  SecretGenerator: ['secretGenerator'],
  HelmChartInflationGenerator: ['helmCharts', 'helmChartInflationGenerator'],
});

/** A scalar that leads to the subject from the file's folder, or the field of its name. */
function entryIn(file: SourceFile, subject: string, orBelow: boolean): Location | null {
  const folder = path.posix.dirname(file.path);
  const wanted = path.posix.normalize(subject);
  const leads = (text: string) => {
    if (text === subject || text === `/${subject}`) return true;
    const found = path.posix.join(folder, text.slice(text.indexOf('=') + 1).replace(/\/+$/, ''));
    return found === wanted || (orBelow && found.startsWith(`${wanted}/`));
  };
  for (const document of file.documents) {
    const found = find(document, document.contents, { leads, subject });
    if (found !== null) return linesOf(file, found);
  }
  return null;
}

function find(
  document: Document,
  node: unknown,
  search: { leads: (text: string) => boolean; subject: string },
): Node | null {
  const text = textOf(node);
  // Whatever has text is a scalar node.
  if (text !== undefined) return search.leads(text) ? (node as Node) : null;
  for (const { key, at, value } of entries(node)) {
    if (key === search.subject) return at;
    const found = find(document, value, search);
    if (found !== null) return found;
  }
  for (const item of items(node)) {
    const found = find(document, item, search);
    if (found !== null) return found;
  }
  return null;
}

function keyBelow(document: Document, node: unknown, name: string): Node | null {
  for (const { key, at, value } of entries(node)) {
    const found = key === name ? at : keyBelow(document, value, name);
    if (found !== null) return found;
  }
  for (const item of items(node)) {
    const found = keyBelow(document, item, name);
    if (found !== null) return found;
  }
  return null;
}
