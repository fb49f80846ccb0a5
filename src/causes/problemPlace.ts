import path from 'node:path';
import { locateProblem } from '../locate/locateProblem.ts';
import { isTemplate } from '../locate/template.ts';
import type { Location } from '../model/finding.ts';
import type { FieldPath } from '../model/manifest.ts';
import type { OperatorRecord } from '../model/operatorRecord.ts';
import type { FailedRendering, RenderProblem, RenderProblemKind } from '../model/rendering.ts';
import type { RenderSource } from '../model/renderSource.ts';
import type { NotFollowed } from '../model/target.ts';
import type { Placer } from './placer.ts';

/**
 * The line that keeps a target from rendering: of a chart the one that Helm names; the field
 * of the object that declares the target, where that names what is missing or gives the value
 * that is refused; what {@link locateProblem} finds; else the object as a whole.
 * @param record what the object that declares the target says; undefined where files alone make it.
 */
export async function problemPlace(
  { target, problem, trace }: FailedRendering,
  record: OperatorRecord | undefined,
  placer: Placer,
): Promise<Location | null> {
  const { snapshot } = placer;
  const chart = isOfChart(target.source, problem);
  const named = chart ? placeNamed(problem, placer) : null;
  if (named !== null) return named;
  const fieldPath = record === undefined ? null : declaredBy(record, problem);
  if (record !== undefined && fieldPath !== null)
    return placer.ofObject({ object: record.object, fieldPath });
  // What a chart's template gives is YAML, the template itself need not be.
  const elsewhere = problem.path === null && hasOther(target.source);
  const found = chart || elsewhere ? null : await locateProblem({ snapshot, target, problem, trace });
  if (found !== null) return found;
  if (record !== undefined) return placer.ofObject({ object: record.object, fieldPath: null });
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
  { paths, valueField }: OperatorRecord,
  { kind, subject }: RenderProblem,
): FieldPath | null {
  if (subject === null) return null;
  if (kind === 'missing-file' || kind === 'not-a-directory' || kind === 'forbidden-path')
    return paths.find(({ files }) => files.includes(subject))?.fieldPath ?? null;
  return kind === 'invalid-values' ? valueField(subject) : null;
}
