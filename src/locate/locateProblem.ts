import path from 'node:path';
import type { Document, Node } from 'yaml';
import type { Location } from '../model/finding.ts';
import type { RenderProblem } from '../model/rendering.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { entries, field, linesOf, type SourceFile, textField, textOf } from '../model/sourceFile.ts';
import type { Target } from '../model/target.ts';
import type { Trace } from '../model/trace.ts';
import { kustomizationOf, sourceFile } from './sources.ts';

/** `Kind.version.group/name.namespace`, as kustomize writes it. */
const RESOURCE_ID = /^([A-Za-z]+)\.[^/]*\/([^.]+)\./;

const KUSTOMIZATION = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;

/**
 * The line that keeps a target from rendering: the first error of the files that the render
 * read, or the entry of a kustomization that names what the problem is about. Else the
 * target's kustomization as such, which is the true file; null where there is none.
 */
export async function locateProblem(failed: {
  readonly snapshot: Snapshot;
  readonly target: Target;
  readonly problem: RenderProblem;
  readonly trace: Trace;
}): Promise<Location | null> {
  const { snapshot, target, problem, trace } = failed;
  const files = await tracedFiles(snapshot, problem, trace);
  if (problem.kind === 'syntax') {
    const broken = files.find(({ brokenLine }) => brokenLine !== null);
    if (broken?.brokenLine != null) return lineOf(broken.path, broken.brokenLine);
  }
  const { subject } = problem;
  const patch = problem.kind === 'patch-target' && subject !== null ? patchFor(files, subject) : null;
  if (patch !== null) return patch;
  const kustomizations = files.filter((file) => KUSTOMIZATION.test(file.path));
  const named =
    subject === null
      ? undefined
      : kustomizations.map((file) => entryNaming(file, subject)).find((place) => place !== null);
  if (named != null) return named;
  const own = await kustomizationOf(snapshot, target.path);
  return own === null ? null : lineOf(own.path, 1);
}

/** YAML files that the render read; the one that the error names comes first. */
async function tracedFiles(snapshot: Snapshot, problem: RenderProblem, trace: Trace): Promise<SourceFile[]> {
  const traced = trace.filter(
    ({ path: name, state }) =>
      state === 'file' && (KUSTOMIZATION.test(name) || /\.(?:ya?ml|json)$/.test(name)),
  );
  const names = new Set([
    ...(problem.path === null ? [] : [problem.path]),
    ...traced.map((entry) => entry.path),
  ]);
  const files = await Promise.all([...names].map((name) => sourceFile(snapshot, name)));
  return files.filter((file) => file !== null);
}

/** A scalar that leads to the subject from the file's folder, or a field of its name. */
function entryNaming(file: SourceFile, subject: string): Location | null {
  const folder = path.posix.dirname(file.path);
  const leads = (text: string) => {
    const wanted = text.slice(text.indexOf('=') + 1).replace(/\/+$/, '');
    return text === subject || path.posix.join(folder, wanted) === path.posix.normalize(subject);
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
  const text = textOf(document, node);
  // Whatever has text is a scalar node.
  if (text !== undefined)
    return search.leads(text) || patchesSubject(text, search.subject) ? (node as Node) : null;
  for (const { key, at, value } of entries(document, node)) {
    if (key === search.subject) return at;
    const found = find(document, value, search);
    if (found !== null) return found;
  }
  const list: unknown = node !== null && typeof node === 'object' && 'items' in node ? node.items : [];
  if (!Array.isArray(list)) return null;
  for (const item of list) {
    const found = find(document, item, search);
    if (found !== null) return found;
  }
  return null;
}

/** A patch file for a resource that kustomize names `Kind.version.group/name.namespace`. */
function patchFor(files: readonly SourceFile[], subject: string): Location | null {
  const [, kind, name] = RESOURCE_ID.exec(subject) ?? [];
  for (const file of files) {
    for (const document of file.documents) {
      const at = field(document, document.contents, 'kind');
      const metadata = field(document, document.contents, 'metadata');
      if (
        at !== undefined &&
        textOf(document, at) === kind &&
        textField(document, metadata, 'name') === name
      ) {
        return linesOf(file, at);
      }
    }
  }
  return null;
}

/** An inline patch for a resource that kustomize names `Kind.version.group/name.namespace`. */
function patchesSubject(text: string, subject: string): boolean {
  const [, kind, name] = RESOURCE_ID.exec(subject) ?? [];
  if (kind === undefined || name === undefined || !text.includes('\n')) return false;
  return new RegExp(`^kind: ["']?${kind}\\b`, 'm').test(text) && text.includes(name);
}

function lineOf(file: string, line: number): Location {
  return { path: file, startLine: line, endLine: line };
}
