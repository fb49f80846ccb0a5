import type { FieldPath } from '../model/manifest.ts';
import type { FetchedRepository, RemoteChart, RemoteFile, RemoteRepository } from '../model/remoteInputs.ts';
import type { Origin, RenderProblem } from '../model/rendering.ts';
import type { ChartPlace, RenderSource } from '../model/renderSource.ts';
import type { Trace } from '../model/trace.ts';

// The TypeScript side of the protocol; engine/main.go is the other. `describe` lets a test
// hold the two together.

/** Raised with every change that an engine of another version would misread. */
export const PROTOCOL = 4;

/** Every method that the engine serves. */
export const METHODS = [
  'admission.validate',
  'crd.definitions',
  'crd.validate',
  'describe',
  'rego.compile',
  'rego.test',
  'render',
  'resources.validate',
  'secrets.causes',
  'template.render',
] as const;
export type Method = (typeof METHODS)[number];

/** The process's exit code at its memory limit (engine/internal/memory). */
export const MEMORY_EXIT_CODE = 77;

/** What stands in place of Secret values; `digest` needs the redactor's key. */
export type Redaction = { mode: 'none' | 'mask' } | { mode: 'digest'; key: string };

/** Another content of a file of the commit (of a link's target, not of the link). */
export interface ChangedFile {
  readonly path: string;
  readonly text: string;
}

export interface RenderParams {
  /** Folder with the `objects` of the repository. */
  readonly gitDir: string;
  /** Full commit id. */
  readonly commit: string;
  readonly source: RenderSource;
  /** Files that say something else than in the commit: to see what depends on them. */
  readonly changed?: readonly ChangedFile[] | undefined;
  readonly redaction: Redaction;
  readonly want: 'resources' | 'manifests' | 'origins';
  /** What was fetched so far of what the render needs of other places. */
  readonly remotes?: RemoteAnswers | undefined;
}

/** The engine's `remote.Inputs`. */
export interface RemoteAnswers {
  readonly files: readonly RemoteFileAnswer[];
  readonly charts: readonly RemoteChartAnswer[];
  readonly repositories: readonly RemoteRepositoryAnswer[];
}

/** Without content: there is no file. */
export type RemoteFileAnswer = { readonly url: string } & (
  | { readonly base64: string }
  | { readonly none: true }
);

export type RemoteChartAnswer = RemoteChart & Extract<ChartPlace, { archive: unknown }>;

export type RemoteRepositoryAnswer = RemoteRepository & Pick<FetchedRepository, 'gitDir' | 'commit'>;

/** What a render lacks. */
export type RemoteNeed = (
  | ({ readonly kind: 'file' } & RemoteFile)
  | ({ readonly kind: 'chart'; readonly version?: string } & Omit<RemoteChart, 'version'>)
  | ({ readonly kind: 'repository'; readonly ref?: string } & Omit<RemoteRepository, 'ref'>)
) & {
  /** What the author wrote. */
  readonly subject: string;
};

/** What was asked for, or the target's problem. */
export type RenderReply =
  | {
      readonly trace: Trace;
      readonly resources?: readonly unknown[];
      /** The bytes that `kustomize build` prints, whatever the tool. */
      readonly manifests?: string;
      readonly origins?: readonly Origin[];
    }
  | {
      readonly trace: Trace;
      readonly problem: RenderProblem;
      /** What would have to be fetched, where that is the problem. */
      readonly needs?: readonly RemoteNeed[];
    };

/** Asks where values of the Secrets of a target come from. */
export interface CausesParams extends Omit<RenderParams, 'want'> {
  /** Digests of the values. */
  readonly values: readonly string[];
}

/** What rendering again, with one text of the input changed, tells of a Secret's values. */
export interface CausesReply {
  /** Digests of values that a chart makes up anew each time. */
  readonly random: readonly string[];
  readonly causes: readonly Cause[];
}

export interface Cause {
  /** The digest of the Secret's value. */
  readonly value: string;
  /** The file with the text that makes it; empty for the target's source. */
  readonly path: string;
  /** From 1; 0 in a source. */
  readonly line: number;
  /** The names on the way to the text. */
  readonly field: readonly string[];
  /** The digest of the text. */
  readonly text: string;
}

/** One template of an ApplicationSet with one set of parameters. */
export interface Template {
  /** Any JSON; its strings are templates, keys too. */
  readonly template: unknown;
  /** As the generator gives them; nested ones get names with dots for the simple form. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** False: the simple form, `{{ name }}`, where an unknown name stays. */
  readonly goTemplate: boolean;
  /** Such as `missingkey=error`. */
  readonly options: readonly string[];
  /** A templatePatch: a template itself, merged over the result. */
  readonly patch?: string | undefined;
}

export type TemplateResult = { readonly result: unknown } | { readonly error: string };

/** One result for each template, in order. */
export interface TemplateReply {
  readonly results: readonly TemplateResult[];
}

export interface RegoModule {
  readonly path: string;
  readonly content: string;
}

export interface RegoError {
  readonly path: string;
  /** From 1; 0 where the compiler names no place. */
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
}

export interface CompileParams {
  readonly modules: readonly RegoModule[];
  /** Builtins that the evaluator supplies besides those of every WebAssembly policy. */
  readonly builtins: readonly string[];
  readonly form: 'hydrant' | 'conftest';
  /** What the evaluator adds under `data`; no rule may stand where it does. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Paths of modules whose rules get all resources of a target at once, whatever their METADATA says. */
  readonly combine?: readonly string[];
}

export interface Entrypoint {
  /** `package/rule`. */
  readonly path: string;
  readonly kind: 'deny' | 'violation' | 'warn' | 'exception';
  readonly package: string;
  /** The input is all resources of a target, not one of them. */
  readonly combine?: boolean;
  readonly annotations?: {
    readonly title?: string;
    readonly description?: string;
    readonly relatedResources?: readonly string[];
    readonly custom?: Readonly<Record<string, unknown>>;
  };
}

export interface CompileReply {
  /** Base64 of the WebAssembly module; absent where nothing compiled. */
  readonly wasm?: string;
  readonly entrypoints?: readonly Entrypoint[];
  readonly errors: readonly RegoError[];
}

export interface RegoTestParams {
  readonly modules: readonly RegoModule[];
  /** As for compiling; none by default. */
  readonly builtins?: readonly string[];
  /** What the tests find under `data`. */
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface RegoTestReply {
  readonly results: readonly {
    readonly package: string;
    readonly name: string;
    readonly path: string;
    readonly line: number;
    readonly passed: boolean;
    /** Its name begins with `todo_`. */
    readonly skipped?: boolean;
    readonly message?: string;
  }[];
  readonly errors: readonly RegoError[];
}

/** A custom resource as JSON, and what it was before where it was there. */
export interface RuledResource {
  readonly object: unknown;
  readonly old?: unknown;
  /** Where values are hidden; what stands there is not looked at. */
  readonly hidden?: readonly FieldPath[];
  readonly oldHidden?: readonly FieldPath[];
}

export interface CustomResourceParams {
  /** The openAPIV3Schema of the version. */
  readonly schema: unknown;
  /** Whether the API server clears the status of what is applied. */
  readonly hasStatus: boolean;
  /** Whether `old` is known; without it, rules that look at `oldSelf` are left out. */
  readonly compare: boolean;
  readonly resources: readonly RuledResource[];
}

/** What CEL rules say of one object. */
export interface RuleResult {
  readonly violations: readonly { readonly fieldPath: FieldPath; readonly message: string }[];
  /** Why some could not tell, each a part of a sentence. */
  readonly unchecked: readonly string[];
}

export interface CustomResourceReply {
  /** Why the schema cannot be used. */
  readonly problem?: string;
  /** Whether any rule looks at `oldSelf`. */
  readonly transitions: boolean;
  /** One for each resource; none where there are no rules. */
  readonly results: readonly RuleResult[];
}

/** An object as JSON, with the places where values are hidden. */
export interface GivenObject {
  readonly object: unknown;
  readonly hidden?: readonly FieldPath[];
}

/** An object that is created, or updated where it has an old one. */
export interface AdmissionResource extends GivenObject {
  readonly old?: unknown;
  readonly oldHidden?: readonly FieldPath[];
  /** Why nobody knows whether there is an old one; a part of a sentence. */
  readonly unknown?: string;
  /** The plural name of the kind, where it is known. */
  readonly resource?: string;
  readonly namespaced: boolean;
  /** Whether the object has its defaults. */
  readonly complete: boolean;
}

export interface AdmissionParams {
  /** ValidatingAdmissionPolicies. */
  readonly policies: readonly unknown[];
  /** ValidatingAdmissionPolicyBindings. */
  readonly bindings: readonly unknown[];
  /** Objects that bindings may refer to. */
  readonly params: readonly GivenObject[];
  readonly namespaces: readonly unknown[];
  readonly resources: readonly AdmissionResource[];
}

/** What the policies say of one resource. */
export interface AdmissionResult {
  readonly violations: readonly {
    readonly policy: string;
    readonly binding: string;
    readonly action: 'deny' | 'warn';
    readonly message: string;
  }[];
  /** The policies that could not tell, and why, each a part of a sentence. */
  readonly unchecked: readonly { readonly policy: string; readonly reason: string }[];
}

export interface AdmissionReply {
  /** Why there are no results. */
  readonly problem?: string;
  readonly results: readonly AdmissionResult[];
}

export interface DefinitionParams {
  /** CustomResourceDefinitions of apiextensions.k8s.io/v1. */
  readonly definitions: readonly unknown[];
}

/** What the API server would refuse the rules of each definition for. */
export interface DefinitionReply {
  readonly results: readonly RuleResult[];
}

export interface ValidateParams {
  /** A minor version of Kubernetes, such as `1.36`. */
  readonly version: string;
  /** Manifests, with something harmless for what is hidden. */
  readonly objects: readonly unknown[];
}

/** A rule of the API server that an object breaks. */
export interface ApiError {
  /** Such as `FieldValueRequired`. */
  readonly type: string;
  /** Such as `spec.containers[0].name`. */
  readonly field: string;
  /** Upstream's words, with the value where it is short. */
  readonly message: string;
  /** Upstream's words without the value; may be empty. */
  readonly detail: string;
}

/** What the API server says of one object. */
export interface ObjectValidation {
  /** False for a kind without rules, and for an object that they fail on; then `problem` says why. */
  readonly checked: boolean;
  /** Why the object cannot be read. */
  readonly problem?: string;
  readonly errors?: readonly ApiError[];
  readonly warnings?: readonly string[];
}

/** One result for each object, in order. */
export interface ValidateReply {
  readonly results: readonly ObjectValidation[];
}

export interface Description {
  readonly protocol: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly problemKinds: readonly string[];
  readonly methods: readonly string[];
}
