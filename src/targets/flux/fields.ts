import { fieldsOf } from '../../model/fieldsOf.ts';

/**
 * As far as it is read; no package has its type.
 * https://fluxcd.io/flux/components/source/artifactgenerators/
 */
interface ArtifactGenerator {
  readonly spec?: {
    readonly pathPattern?: string;
    readonly sources?: readonly object[];
    readonly artifacts?: readonly object[];
  };
}

/**
 * As far as it is read; no package has its type.
 * https://fluxoperator.dev/docs/crd/resourceset/
 */
interface ResourceSet {
  readonly spec?: {
    readonly inputs?: readonly object[];
    readonly inputsFrom?: readonly object[];
    readonly inputStrategy?: { readonly name?: string };
    readonly steps?: readonly object[];
  };
}

/** What a ResourceSet's spec and each of its steps may have. */
interface ResourceSetStep {
  readonly resources?: readonly object[];
  readonly resourcesTemplate?: string;
}

/**
 * As far as it is read; no package has its type.
 * https://fluxoperator.dev/docs/crd/fluxinstance/
 */
interface FluxInstance {
  readonly spec?: { readonly sync?: { readonly path?: string } };
}

/** What a GitRepository's spec has besides what the package's type knows. */
interface GitSource {
  readonly sparseCheckout?: readonly string[];
}

/** Paths into kinds of Flux that nobody reads but this folder, as `Kind` of src/model/kinds.ts has others. */
export const FluxKind = {
  ArtifactGenerator: fieldsOf<ArtifactGenerator>(),
  FluxInstance: fieldsOf<FluxInstance>(),
  GitSource: fieldsOf<GitSource>(),
  ResourceSet: fieldsOf<ResourceSet>(),
  ResourceSetStep: fieldsOf<ResourceSetStep>(),
} as const;
