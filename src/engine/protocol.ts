import type { Origin, RenderProblem } from '../model/rendering.ts';
import type { Trace } from '../model/trace.ts';

// The TypeScript side of the protocol; engine/main.go is the other. `describe` lets a test
// hold the two together.

/** Raised with every change that an engine of another version would misread. */
export const PROTOCOL = 2;

/** Every method that the engine serves. */
export const METHODS = ['describe', 'kustomize.render', 'rego.compile', 'rego.test'] as const;
export type Method = (typeof METHODS)[number];

/** The process's exit code at its memory limit (engine/internal/memory). */
export const MEMORY_EXIT_CODE = 77;

/** What stands in place of Secret values; `digest` needs the redactor's key. */
export type Redaction = { mode: 'none' | 'mask' } | { mode: 'digest'; key: string };

export interface RenderParams {
  /** Folder with the `objects` of the repository. */
  readonly gitDir: string;
  /** Full commit id. */
  readonly commit: string;
  /** Folder of the target in the commit. */
  readonly path: string;
  readonly redaction: Redaction;
  readonly want: 'resources' | 'manifests' | 'origins';
}

/** What was asked for, or the target's problem. */
export type RenderReply =
  | {
      readonly trace: Trace;
      readonly resources?: readonly unknown[];
      /** The bytes that `kustomize build` prints. */
      readonly manifests?: string;
      readonly origins?: readonly Origin[];
    }
  | { readonly trace: Trace; readonly problem: RenderProblem };

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
}

export interface Entrypoint {
  /** `package/rule`. */
  readonly path: string;
  readonly kind: 'deny' | 'violation' | 'warn';
  readonly package: string;
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
}

export interface RegoTestReply {
  readonly results: readonly {
    readonly package: string;
    readonly name: string;
    readonly path: string;
    readonly line: number;
    readonly passed: boolean;
    readonly message?: string;
  }[];
  readonly errors: readonly RegoError[];
}

export interface Description {
  readonly protocol: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly problemKinds: readonly string[];
  readonly methods: readonly string[];
}
