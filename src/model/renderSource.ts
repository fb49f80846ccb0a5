import type { Archive } from './archives.ts';
import type { ManifestObject, ManifestValue } from './manifest.ts';

/**
 * What a target is rendered from, as the engine takes it (`engine/internal/render` is the
 * other side). Equal sources on equal files mean equal renderings. All paths start at the
 * root of the repository, without leading slash; `.` is the root.
 */
export type RenderSource =
  | KustomizeSource
  | DirectorySource
  | HelmSource
  | ResourceSetSource
  | CombinedSource;

interface Common {
  /** What is done with the rendered resources, in this order. */
  readonly steps?: readonly RenderStep[] | undefined;
}

/** A commit of another repository than the one under review, which was fetched. */
export interface OtherCommit {
  /** Its address, for messages. */
  readonly repository: string;
  /** Folder with the `objects`. */
  readonly gitDir: string;
  readonly commit: string;
}

/** A folder with a kustomization, as `kustomize build` renders it. */
export interface KustomizeSource extends Common {
  readonly tool: 'kustomize';
  readonly path: string;
  /** Where the path is, if not in the commit under review. */
  readonly repository?: OtherCommit | undefined;
  /** Changes to the kustomization before it is built. */
  readonly edits?: KustomizationEdits | undefined;
  /**
   * True: as Flux builds. Where the folder has no kustomization, one is made that lists the
   * manifests in it and below; files may come from outside of the folder; symlinks and what
   * `.sourceignore` leaves out are not there.
   * @see https://fluxcd.io/flux/components/kustomize/kustomizations/
   */
  readonly generate?: boolean | undefined;
  /** True: files may come from outside of a kustomization's folder (`--load-restrictor LoadRestrictionsNone`). */
  readonly unrestricted?: boolean | undefined;
  /** What charts of kustomizations are told of the cluster, before what their entries say (`--helm-kube-version`, `--helm-api-versions`). */
  readonly charts?: Pick<HelmSource, 'kubeVersion' | 'apiVersions' | 'served'> | undefined;
  /** Further patterns of files that are not there (a GitRepository's `spec.ignore`), as in `.sourceignore`; for Flux only. */
  readonly ignore?: string | undefined;
  /** The tree is not the commit's but made of parts of it (Flux's ArtifactGenerator). */
  readonly mounts?: readonly Mount[] | undefined;
}

/** Files of the commit that match a glob, at another place. */
export interface Mount {
  /** Such as `apps/base/**`. */
  readonly from: string;
  /**
   * Folder, such as `base`; `.` for the root. As `cp` does: a single file may get a new name
   * here, unless there is a slash at the end; a folder that is named without `/**` goes into it.
   */
  readonly to: string;
  /** Globs of files that are left out. */
  readonly exclude?: readonly string[] | undefined;
}

/**
 * What Argo CD's `spec.source.kustomize` and Flux's `Kustomization` change of a
 * kustomization before they build it.
 */
export interface KustomizationEdits {
  readonly namespace?: string | undefined;
  readonly namePrefix?: string | undefined;
  readonly nameSuffix?: string | undefined;
  /** Each replaces the kustomization's own entry of the same name; as Flux builds, what it does not say is kept. */
  readonly images?: readonly KustomizeImage[] | undefined;
  readonly replicas?: readonly { readonly name: string; readonly count: number }[] | undefined;
  readonly labels?: readonly KustomizeLabels[] | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  /** In kustomize's own form, after the kustomization's own. */
  readonly patches?: readonly ManifestObject[] | undefined;
  readonly patchesStrategicMerge?: readonly (string | ManifestObject)[] | undefined;
  readonly patchesJson6902?: readonly ManifestObject[] | undefined;
  /** In place of the kustomization's own (Flux's `buildMetadata`). */
  readonly buildMetadata?: readonly string[] | undefined;
  readonly components?: readonly string[] | undefined;
  /** True: a component that is missing is left out (Argo CD's `ignoreMissingComponents`, Flux's too). */
  readonly ignoreMissingComponents?: boolean | undefined;
}

export interface KustomizeImage {
  readonly name: string;
  readonly newName?: string | undefined;
  readonly newTag?: string | undefined;
  readonly digest?: string | undefined;
}

/** As an entry of a kustomization's `labels`. */
export interface KustomizeLabels {
  readonly pairs: Readonly<Record<string, string>>;
  readonly includeSelectors?: boolean | undefined;
  readonly includeTemplates?: boolean | undefined;
}

/** Plain manifests in a folder (or one file), as Argo CD reads them. */
export interface DirectorySource extends Common {
  readonly tool: 'directory';
  readonly path: string;
  /** Where the path is, if not in the commit under review. */
  readonly repository?: OtherCommit | undefined;
  readonly recurse: boolean;
  /** Glob of file paths below the folder, `{a,b}` allowed; undefined: all. */
  readonly include?: string | undefined;
  readonly exclude?: string | undefined;
}

/** A chart with its values, as `helm template` renders it. */
export interface HelmSource extends Common {
  readonly tool: 'helm';
  readonly chart: ChartPlace;
  readonly releaseName: string;
  readonly namespace: string;
  /** Laid over the chart's own values, the later over the earlier. */
  readonly values: readonly ValuesLayer[];
  /** Such as `1.37`; the library's default when left out. */
  readonly kubeVersion?: string | undefined;
  /** As `--api-versions`. */
  readonly apiVersions?: readonly string[] | undefined;
  /**
   * The minor version whose own API versions and kinds templates see: in place of those that
   * Helm's library knows where the operator asks the cluster (`only`), else besides them.
   */
  readonly served?: { readonly version: string; readonly only?: boolean | undefined } | undefined;
  /** False: files of `crds/` are left out. */
  readonly includeCrds: boolean;
  /** True: hooks of kind `test` are left out. */
  readonly skipTests?: boolean | undefined;
  readonly skipSchemaValidation?: boolean | undefined;
  /** True: `.Release.IsUpgrade`. */
  readonly isUpgrade?: boolean | undefined;
  /** `omit` hooks where the operator runs rather than keeps them; they are kept by default. */
  readonly hooks?: 'keep' | 'omit' | undefined;
}

/** A folder of the commit or of another repository's, or a packed chart that was fetched and pinned by its digest. */
export type ChartPlace =
  | {
      readonly path: string;
      readonly repository?: OtherCommit | undefined;
      /**
       * As Flux packs the repository: symlinks are not there, nor what `.sourceignore` and these
       * patterns (a GitRepository's `spec.ignore`) leave out; the same goes for values files.
       */
      readonly ignore?: string | undefined;
    }
  | {
      readonly archive: Archive;
      /** For a package that was committed: its path. This and what follows as above. */
      readonly file?: string | undefined;
      readonly repository?: OtherCommit | undefined;
      readonly ignore?: string | undefined;
    };

export type ValuesLayer =
  /** A file of the commit, or one at an `https` address; globs are allowed for the former and give files in order of their names. */
  | {
      readonly file: string;
      readonly ignoreMissing?: boolean | undefined;
      /** Where the file is, if not in the commit under review. */
      readonly repository?: OtherCommit | undefined;
    }
  /** A file inside the chart: for a packed one, where the commit has none. */
  | { readonly chartFile: string; readonly ignoreMissing?: boolean | undefined }
  | { readonly inline: ManifestObject }
  /** YAML text, as it stands in an Application's `values`. */
  | { readonly text: string }
  /** As `--set`, or `--set-string`: `name=value` is not parsed for commas beyond helm's own rules. */
  | { readonly set: string; readonly forceString?: boolean | undefined }
  /** As `--set-file`: a value that is the content of a file of the commit or at an address. */
  | {
      readonly setFile: {
        readonly name: string;
        readonly file: string;
        readonly repository?: OtherCommit | undefined;
      };
    }
  /** The layer of that number, from 0, once more: the same values, with what was put into them since. */
  | { readonly again: number }
  /** A value put at a path (`a.b[0]`) as it is, typed by YAML where `literal` is not true (Flux's `targetPath`). */
  | {
      readonly at: { readonly path: string; readonly value: string; readonly literal?: boolean | undefined };
    };

/** The templates of a ResourceSet of the Flux Operator, rendered for each of its inputs. */
export interface ResourceSetSource extends Common {
  readonly tool: 'resourceSet';
  /** One mapping each; without any the templates are rendered once. */
  readonly inputs: readonly ManifestValue[];
  readonly stages: readonly {
    /** Objects whose texts are templates. */
    readonly resources: readonly ManifestValue[];
    /** The text of several objects. */
    readonly template?: string | undefined;
  }[];
}

/** Argo CD's multiple sources, in their order. */
export interface CombinedSource extends Common {
  readonly tool: 'combined';
  readonly sources: readonly RenderSource[];
}

export type RenderStep =
  /**
   * What Argo CD does with an Application's resources: a namespaced one that states no namespace
   * gets the destination's, where that has one; of equal resources only the last is kept.
   * @see https://github.com/argoproj/argo-cd/blob/master/controller/state.go (DeduplicateTargetObjects)
   */
  | {
      readonly step: 'defaultNamespace';
      readonly namespace: string;
      /** `group/Kind` of custom kinds that are known to be cluster-scoped, besides the built-in ones. */
      readonly clusterScoped: readonly string[];
    }
  /**
   * Flux's `postBuild`, by its own library.
   * @see https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
   */
  | {
      readonly step: 'substitute';
      readonly variables: Readonly<Record<string, string>>;
      /** True: an undeclared variable without default is an error (`StrictPostBuildSubstitutions`). */
      readonly strict?: boolean | undefined;
      /** True: defaults are filled in without any variable, too (`substituteStrategy: Always`). */
      readonly always?: boolean | undefined;
    }
  /** A HelmRelease's `postRenderers[].kustomize`: the resources become a kustomization's. */
  | { readonly step: 'kustomize'; readonly edits: KustomizationEdits; readonly hooks?: StepHooks }
  /** Labels and annotations on every resource itself (Flux's `commonMetadata`). */
  | {
      readonly step: 'metadata';
      readonly labels?: Readonly<Record<string, string>> | undefined;
      readonly annotations?: Readonly<Record<string, string>> | undefined;
      readonly hooks?: StepHooks;
    };

/** What a step does with a chart's hooks: the same in a pass of their own, or nothing; left out: the same as with the rest. */
export type StepHooks = 'separate' | 'omit';
