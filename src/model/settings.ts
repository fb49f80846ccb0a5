/** `.hydrant.yaml` with defaults filled in; `schemas/hydrant.schema.json` is its contract. */
export interface Settings {
  /** Kubernetes minor version that schemas are taken of, such as `1.37`, where a cluster has none of its own. */
  readonly kubernetesVersion: string;
  /** Which errors fail a check: those that the pull request brings in, or existing ones of what it reaches as well. */
  readonly gate: Gate;
  readonly comment: {
    /** What becomes of the comment on a pull request when it is reviewed again. */
    readonly mode: CommentMode;
  };
  readonly targets: {
    /** Globs of target folders; empty means all. */
    readonly include: readonly string[];
    readonly exclude: readonly string[];
  };
  readonly policies: {
    /** Folders with the user's own Rego, on the base branch. */
    readonly paths: readonly string[];
    /** Folders whose JSON and YAML the user's Rego finds under `data`. */
    readonly data: readonly string[];
    /** Folders or globs of the user's Rego that judges all resources of a target at once. */
    readonly combine: readonly string[];
    /** Which built-in rules count where `disable` and `enable` do not say. */
    readonly profile: PolicyProfile;
    /** Built-in rules that are switched off, such as `rbac/wildcard`. */
    readonly disable: readonly string[];
    /** Built-in rules that the profile leaves out and are wanted here, such as `security/seccomp-profile`. */
    readonly enable: readonly string[];
    /** How many workloads one Application, Kustomization or HelmRelease may hold. */
    readonly maxWorkloads: number;
  };
  /** What is known and accepted. */
  readonly exceptions: readonly SettingsException[];
  readonly schemas: {
    /** Folders and templates of paths with schemas of custom resources, on the base branch. */
    readonly locations: readonly string[];
  };
  readonly repository: {
    /** Addresses by which operators know this repository, besides those that Git knows. */
    readonly urls: readonly string[];
  };
  readonly clusters: readonly ClusterSettings[];
  readonly kustomize: {
    /** The options of `kustomize build`, as in Argo CD's `kustomize.buildOptions`. */
    readonly buildOptions: string;
  };
  readonly flux: {
    /** The minor version of Flux, such as `2.8`; that of the controllers in the repository, or the newest, where it is left out. */
    readonly version?: string | undefined;
  };
  /** How much of what operators make of one object is followed. */
  readonly limits: {
    /** Applications of one ApplicationSet, and objects of one ResourceSet. */
    readonly perSet: number;
    /** Applications of all ApplicationSets of a commit together. */
    readonly applications: number;
  };
  readonly remotes: {
    readonly mode: RemoteMode;
    /** Addresses that may be fetched: `https://charts.example.com/stable`, `oci://ghcr.io/acme/*`. */
    readonly allow: readonly string[];
  };
}

/** Findings that do not count. Each field that is given has to match. */
export interface SettingsException {
  /** A rule, or a glob of rules: `security/privileged`, `security/*`. */
  readonly rule: string;
  /** `Kind/name` or `namespace/Kind/name`, each part a glob. */
  readonly resource?: string | undefined;
  /** A glob of the finding's file, or of its targets' folder. */
  readonly path?: string | undefined;
  /** A glob of target ids. */
  readonly target?: string | undefined;
  readonly reason: string;
  /** The last day on which it holds, `2027-03-31`; for good where it is left out. */
  readonly expires?: string | undefined;
  /** Where it is said. */
  readonly at: { readonly path: string; readonly line: number };
}

/**
 * A choice of built-in rules: those that are on by default, all of them, or none.
 */
export type PolicyProfile = 'recommended' | 'strict' | 'none';

/**
 * What may be fetched: what the base branch names and what `allow` lists, what `allow` lists
 * alone, or nothing.
 */
export type RemoteMode = 'base' | 'listed' | 'none';

/** The one comment is edited; a new one takes its place, at the end of the conversation; or there is none. */
export type CommentMode = 'update' | 'recreate' | 'off';

/** Which errors fail a check. */
export type Gate = 'new' | 'all';

/** What is known of one cluster. */
export interface ClusterSettings {
  readonly name: string;
  /** The API server's address, as Argo CD's destinations have it. */
  readonly server?: string | undefined;
  /** Globs of folders or files whose objects are applied to this cluster. */
  readonly match: readonly string[];
  readonly environment?: string | undefined;
  readonly kubernetesVersion?: string | undefined;
  /** Besides the built-in ones, such as `monitoring.coreos.com/v1`. */
  readonly apiVersions: readonly string[];
  /** Of Argo CD's cluster Secret, for cluster generators. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Further parameters of cluster generators. */
  readonly values: Readonly<Record<string, string>>;
}
