import type { SourceFile } from '../dialects/sourceFile.ts';
import type { Location } from '../model/finding.ts';
import type { RenderProblem, RenderProblemKind } from '../model/rendering.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Trace } from '../model/trace.ts';
import { placeOfDuplicate } from './duplicateResource.ts';
import { entryNaming, placeInKustomization } from './entryNaming.ts';
import type { Failed } from './failed.ts';
import { isKustomization, kustomizationOf, sourceFile } from './kustomizationFiles.ts';
import { incompleteObject, namedObject, pluginObject, unquotedKey } from './objectProblems.ts';
import { patchWithout } from './patchWithout.ts';
import { placeOfSyntax } from './syntax.ts';

type Finder = (failed: Failed) => Location | null | Promise<Location | null>;

/** What is looked for first, by the kind of problem. */
const FINDERS: Readonly<Partial<Record<RenderProblemKind, readonly Finder[]>>> = {
  syntax: [placeOfSyntax],
  'patch-target': [patchWithout],
  'duplicate-resource': [placeOfDuplicate],
  'invalid-resource': [namedObject, incompleteObject, unquotedKey],
  'invalid-kustomization': [placeInKustomization],
  other: [pluginObject, placeInKustomization],
};

/**
 * The line that keeps a target from rendering: what the problem is about, or the entry of a
 * kustomization that names it. Else the kustomization as such, or the target's own, which
 * are true files; null where there is none.
 */
export async function locateProblem({
  trace,
  ...about
}: Omit<Failed, 'files' | 'kustomizations'> & { readonly trace: Trace }): Promise<Location | null> {
  const { snapshot, target, problem } = about;
  if (problem.kind !== 'syntax' && problem.path !== null && problem.line !== null) {
    return lineOf(problem.path, problem.line);
  }
  const files = await tracedFiles(snapshot, problem, trace);
  const failed = { ...about, files, kustomizations: files.filter(({ path }) => isKustomization(path)) };
  for (const find of [...(FINDERS[problem.kind] ?? []), entryNaming]) {
    const place = await find(failed);
    if (place !== null) return place;
  }
  const [first] = files;
  const own = first?.path === problem.path ? first : await kustomizationOf(snapshot, target.path);
  return own == null ? null : lineOf(own.path, 1);
}

async function tracedFiles(snapshot: Snapshot, problem: RenderProblem, trace: Trace): Promise<SourceFile[]> {
  const traced = trace.filter(
    ({ path, state }) => state === 'file' && (isKustomization(path) || /\.(?:ya?ml|json)$/.test(path)),
  );
  const names = new Set([
    ...(problem.path === null ? [] : [problem.path]),
    ...traced.map((entry) => entry.path),
  ]);
  const files = await Promise.all([...names].map((name) => sourceFile(snapshot, name)));
  return files.filter((file) => file !== null);
}

function lineOf(file: string, line: number): Location {
  return { path: file, startLine: line, endLine: line };
}
