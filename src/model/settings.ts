/** `.hydrant.yaml` with defaults filled in; `schemas/hydrant.schema.json` is its contract. */
export interface Settings {
  /** Kubernetes minor version that schemas are taken of, such as `1.37`. */
  readonly kubernetesVersion: string;
  readonly targets: {
    /** Globs of target folders; empty means all. */
    readonly include: readonly string[];
    readonly exclude: readonly string[];
  };
  readonly policies: {
    /** Folders with the user's own Rego, on the base branch. */
    readonly paths: readonly string[];
    /** Built-in rules that are switched off, such as `images/latest-tag`. */
    readonly disable: readonly string[];
  };
}
