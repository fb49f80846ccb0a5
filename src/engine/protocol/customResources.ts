import type { FieldPath } from '../../model/manifest.ts';

/** Asks what the CEL rules of one schema say of custom resources. */
export interface CustomResourceParams {
  /** The openAPIV3Schema of the version. */
  readonly schema: unknown;
  /** Whether the API server clears the status of what is applied. */
  readonly hasStatus: boolean;
  /** Whether `old` is known; without it, rules that look at `oldSelf` are left out. */
  readonly compare: boolean;
  readonly resources: readonly RuledResource[];
}

/** A custom resource as JSON, and what it was before where it was there. */
export interface RuledResource {
  readonly object: unknown;
  readonly old?: unknown;
  /** Where values are hidden; what stands there is not looked at. */
  readonly hidden?: readonly FieldPath[];
  readonly oldHidden?: readonly FieldPath[];
}

/** What the rules say of the resources. */
export interface CustomResourceReply {
  /** Why the schema cannot be used. */
  readonly problem?: string;
  /** Whether any rule looks at `oldSelf`. */
  readonly transitions: boolean;
  /** One for each resource; none where there are no rules. */
  readonly results: readonly RuleResult[];
}

/** Asks what the API server says of the CEL rules of CustomResourceDefinitions. */
export interface DefinitionParams {
  /** CustomResourceDefinitions of apiextensions.k8s.io/v1. */
  readonly definitions: readonly unknown[];
}

/** What the API server would refuse the rules of each definition for. */
export interface DefinitionReply {
  readonly results: readonly RuleResult[];
}

/** What CEL rules say of one object. */
export interface RuleResult {
  readonly violations: readonly { readonly fieldPath: FieldPath; readonly message: string }[];
  /** Why some could not tell, each a part of a sentence. */
  readonly unchecked: readonly string[];
}
