/** Asks what the API server of a version says of built-in objects. */
export interface ValidateParams {
  /** A minor version of Kubernetes, such as `1.36`. */
  readonly version: string;
  /** Manifests, with something harmless for what is hidden. */
  readonly objects: readonly unknown[];
}

/** One result for each object, in order. */
export interface ValidateReply {
  readonly results: readonly ObjectValidation[];
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
