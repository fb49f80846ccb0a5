import type { FetchedInput, RefusedInput } from './fetchedInput.ts';
import type { Resource } from './resource.ts';
import type { Target } from './target.ts';
import type { Trace } from './trace.ts';

/**
 * Why a target could not be rendered. The engine tells the kind; see `engine/` for how
 * each is recognised. `remote` is no error of the author: it becomes "not validated".
 */
export const RENDER_PROBLEM_KINDS = [
  'syntax',
  'missing-file',
  'not-a-directory',
  'no-kustomization',
  'cycle',
  'patch-target',
  'duplicate-resource',
  'invalid-resource',
  'invalid-kustomization',
  'invalid-chart',
  'template',
  'invalid-values',
  'missing-dependency',
  'substitution',
  'remote',
  'not-followed',
  'unsupported',
  'forbidden-path',
  'object-missing',
  'timeout',
  'memory',
  'crash',
  'other',
] as const;

export type RenderProblemKind = (typeof RENDER_PROBLEM_KINDS)[number];

export interface RenderProblem {
  readonly kind: RenderProblemKind;
  /** One or two sentences for the author; no Secret value, no path outside the repository. */
  readonly message: string;
  /** The file that the upstream error names, when it does. */
  readonly path: string | null;
  /** The line in it (from 1), when the upstream error names one. */
  readonly line: number | null;
  /** What the message is about, when there is a name: the missing path, the patch's target, the remote address. */
  readonly subject: string | null;
  /**
   * What a chart may render with: `more` values than it has, such as one that is `required`, or `other`
   * ones where it calls `fail`, which may be about a missing value or about one that is given.
   */
  readonly wantsValues?: 'more' | 'other' | undefined;
}

/**
 * What tells a problem from another of its kind: the file and the thing in it that it is about. Where
 * the upstream library names no thing, its own words are all there is.
 */
export function causeOf({ path, subject, message }: RenderProblem) {
  return subject === null ? { path, words: message } : { path, subject };
}

/** A target at a snapshot: its resources, or a problem. */
export type Rendering = RenderedTarget | FailedRendering;

export interface RenderedTarget {
  readonly status: 'rendered';
  readonly target: Target;
  readonly trace: Trace;
  readonly resources: readonly Resource[];
  /** Parts that were not rendered though the rest is, such as what a plugin makes, as sentences. */
  readonly leftOut?: readonly string[] | undefined;
  /** The `index` of each resource that stands for equal ones which came before it and are left out. */
  readonly replacing?: readonly number[];
  /** What was fetched for it of other places. */
  readonly fetched?: readonly FetchedInput[];
  /**
   * True where it was kept by an earlier review: its resources have what rules look at that judge
   * others, and of such a target nothing else is judged or shown.
   */
  readonly isPart?: true;
}

export interface FailedRendering {
  readonly status: 'failed';
  readonly target: Target;
  readonly trace: Trace;
  readonly problem: RenderProblem;
  /** What was fetched for it of other places before it failed. */
  readonly fetched?: readonly FetchedInput[] | undefined;
  /** What it failed for, where that is something of another place and nothing else. */
  readonly refused?: readonly RefusedInput[];
  /** True where it was kept by an earlier review. */
  readonly isPart?: true;
}

/** As {@link RenderedTarget.isPart}. */
export function isPartial(rendering: Rendering | null): boolean {
  return rendering?.isPart === true;
}

/** Where a rendered resource comes from; by kustomize's origin and transformer annotations. */
export interface Origin {
  /** The file that declares the resource, or null for a generated one. */
  readonly path: string | null;
  /** The kustomization whose field generated it, for generated resources. */
  readonly configuredIn: string | null;
  /** `ConfigMapGenerator`, `SecretGenerator`, ... for generated resources. */
  readonly generator: string | null;
  /** Kustomizations and transformer kinds that touched the resource, in order. */
  readonly transformations: readonly { readonly configuredIn: string; readonly transformer: string }[];
  /** Of what a chart made: the templates' lines that give its fields, as far as they are known. */
  readonly lines?: readonly FieldLine[];
  /**
   * For what another place declares or generates: `configuredIn` is then the kustomization
   * of the commit that leads there, where there is one alone.
   */
  readonly remote?: RemoteOrigin | undefined;
}

/** The line of a file that gives a field, by its JSON pointer. */
export interface FieldLine {
  readonly field: string;
  readonly path: string;
  readonly line: number;
}

/** A place outside of the commit. */
export interface RemoteOrigin {
  /** Of the file, or of the chart. */
  readonly address: string;
  /** What the kustomization names it by: an entry of a list, or a chart's name. */
  readonly entry: string;
}

const LEFT_OUT: readonly RenderProblemKind[] = ['remote', 'not-followed', 'unsupported'];

/** True where a target is left out for a reason that is no mistake of the author. */
export function isLeftOut({ problem }: FailedRendering): boolean {
  return LEFT_OUT.includes(problem.kind);
}
