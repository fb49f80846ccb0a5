import type { FieldPath } from '../../model/manifest.ts';

/** Asks what ValidatingAdmissionPolicies say of resources. */
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

/** An object as JSON, with the places where values are hidden. */
export interface GivenObject {
  readonly object: unknown;
  readonly hidden?: readonly FieldPath[];
}

/** What the policies say, one result for each resource in order. */
export interface AdmissionReply {
  readonly results: readonly AdmissionResult[];
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
