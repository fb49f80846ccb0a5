/** A file of Rego. */
export interface RegoModule {
  readonly path: string;
  readonly content: string;
}

/** What the compiler has against a module, and where. */
export interface RegoError {
  readonly path: string;
  /** From 1; 0 where the compiler names no place. */
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
}

/** Modules that become one WebAssembly module. */
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

/** A rule that is asked about resources. */
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

/** What was compiled, or why nothing was. */
export interface CompileReply {
  /** Base64 of the WebAssembly module; absent where nothing compiled. */
  readonly wasm?: string;
  readonly entrypoints?: readonly Entrypoint[];
  readonly errors: readonly RegoError[];
}

/** Modules with tests among them. */
export interface RegoTestParams {
  readonly modules: readonly RegoModule[];
  /** As for compiling; none by default. */
  readonly builtins?: readonly string[];
  /** What the tests find under `data`. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** How each test ended. */
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
