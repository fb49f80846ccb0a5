import path from 'node:path';
import { locateProblem } from '../locate/locateProblem.ts';
import { isTemplate } from '../locate/template.ts';
import { listAt, objectsAt } from '../model/fields.ts';
import type { Location } from '../model/finding.ts';
import type { FoundObject } from '../model/foundObject.ts';
import { type FieldPath, isObject, type ManifestValue, textAt, valueAt } from '../model/manifest.ts';
import type { FailedRendering, RenderProblem, RenderProblemKind } from '../model/rendering.ts';
import type { RenderSource } from '../model/renderSource.ts';
import type { NotFollowed, Target } from '../model/target.ts';
import type { Placer } from './placer.ts';

/**
 * The line that keeps a target from rendering: of a chart the one that Helm names; the field
 * of the object that declares the target, where that names what is missing or gives the value
 * that is refused; what {@link locateProblem} finds; else the object as a whole.
 * @param object declares the target; undefined where files alone make it.
 */
export async function problemPlace(
  { target, problem, trace }: FailedRendering,
  object: FoundObject | undefined,
  placer: Placer,
): Promise<Location | null> {
  const { snapshot } = placer;
  const chart = isOfChart(target.source, problem);
  const named = chart ? placeNamed(problem, placer) : null;
  if (named !== null) return named;
  const fieldPath = object === undefined ? null : declaredBy(object, target, problem);
  if (object !== undefined && fieldPath !== null) return placer.ofObject({ object, fieldPath });
  // What a chart's template gives is YAML, the template itself need not be.
  const elsewhere = problem.path === null && hasOther(target.source);
  const found = chart || elsewhere ? null : await locateProblem({ snapshot, target, problem, trace });
  if (found !== null) return found;
  if (object !== undefined) return placer.ofObject({ object, fieldPath: null });
  const own = path.posix.join(target.path, 'Chart.yaml');
  return chart ? lineOf(own, 1, placer) : null;
}

/** True where files of another repository are rendered, of which no line is the commit's. */
function hasOther(source: RenderSource | NotFollowed): boolean {
  if (source.tool === 'combined') return source.sources.some(hasOther);
  return (source.tool === 'kustomize' || source.tool === 'directory') && source.repository !== undefined;
}

const CHART_PROBLEMS: readonly RenderProblemKind[] = [
  'template',
  'invalid-chart',
  'invalid-values',
  'missing-dependency',
];

function isOfChart(source: RenderSource | NotFollowed, { kind, path: file }: RenderProblem): boolean {
  if (source.tool !== 'combined') return source.tool === 'helm';
  return CHART_PROBLEMS.includes(kind) || (file !== null && isTemplate(file));
}

/**
 * The file that the problem is in, and the line, or its first one where only the file is known;
 * none for a template that is sound by itself, and gives text that is no YAML.
 */
function placeNamed({ kind, path: file, line }: RenderProblem, placer: Placer): Location | null {
  if (file === null || (line === null && kind === 'syntax' && isTemplate(file))) return null;
  return lineOf(file, line ?? 1, placer);
}

function lineOf(file: string, line: number, { snapshot }: Placer): Location | null {
  if (snapshot.entries.get(file)?.kind !== 'file') return null;
  return { path: file, startLine: line, endLine: line };
}

function declaredBy(
  { resource }: FoundObject,
  target: Target,
  { kind, subject }: RenderProblem,
): FieldPath | null {
  if (subject === null) return null;
  const { manifest } = resource;
  if (kind === 'missing-file' || kind === 'not-a-directory' || kind === 'forbidden-path') {
    return fieldNaming(valueAt(manifest, ['spec']), ['spec'], leadsTo(subject, target.path));
  }
  return kind === 'invalid-values' ? fieldGiving(manifest, subject) : null;
}

/** Paths stand from the folder, from the root, or behind the name of a source (`$values/...`). */
function leadsTo(file: string, folder: string): (text: string) => boolean {
  return (text) =>
    text !== '' &&
    [path.posix.join(folder, text), path.posix.join('.', text), path.posix.join('/', text).slice(1)]
      .concat(text.startsWith('$') ? text.slice(text.indexOf('/') + 1) : [])
      .includes(file);
}

/** Fields of Argo CD's and Flux's objects with paths of what is read besides the folder itself. */
const FILE_FIELDS = ['valueFiles', 'fileParameters', 'valuesFile', 'valuesFiles', 'components'];

function namesFiles(step: string | number): boolean {
  return typeof step === 'string' && FILE_FIELDS.includes(step);
}

function fieldNaming(
  value: ManifestValue | undefined,
  at: FieldPath,
  isNamed: (text: string) => boolean,
): FieldPath | null {
  if (typeof value === 'string') return at.some(namesFiles) && isNamed(value) ? at : null;
  const entries: (readonly [string | number, ManifestValue])[] = Array.isArray(value)
    ? value.map((item, index) => [index, item] as const)
    : isObject(value)
      ? Object.entries(value)
      : [];
  for (const [step, item] of entries) {
    const found = fieldNaming(item, [...at, step], isNamed);
    if (found !== null) return found;
  }
  return null;
}

/** Where an Application or HelmRelease gives a value of a chart, such as `a.b[0]`. */
function fieldGiving(manifest: ManifestValue, value: string): FieldPath | null {
  const steps = [...value.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([name, index]) =>
    index === undefined ? name : Number(index),
  );
  const sources = listAt(manifest, ['spec', 'sources']).map((_, index) => ['spec', 'sources', index]);
  for (const helm of [['spec', 'source'], ...sources].map((source) => [...source, 'helm'])) {
    const parameter = objectsAt(manifest, [...helm, 'parameters']).findLastIndex(
      (item) => textAt(item, ['name']) === value,
    );
    if (parameter >= 0) return [...helm, 'parameters', parameter];
    const given = [...helm, 'valuesObject', ...steps];
    if (valueAt(manifest, given) !== undefined) return given;
  }
  const given = ['spec', 'values', ...steps];
  return valueAt(manifest, given) === undefined ? null : given;
}
