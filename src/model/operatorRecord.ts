import type { FieldOrigin, FoundObject } from './foundObject.ts';
import type { Heeded } from './heeded.ts';
import type { KeepingAnnotation } from './keptOnRemoval.ts';
import type { FieldPath, ManifestObject, ManifestValue } from './manifest.ts';
import type { ResourceId } from './resource.ts';

/**
 * What an operator's object says of the target that it declares. The room of its system in
 * src/targets reads it, once, while it follows the object; nobody else reads the object's fields.
 */
export interface OperatorRecord {
  /** The object that declares the target. */
  readonly object: FoundObject;
  /** The target whose rendering holds the object, or what the object is made from; null where a plain file does. */
  readonly appliedBy: string | null;
  /** The other targets, by id, whose objects this one's rendering holds. */
  readonly children: readonly string[];
  /** Whether what the target no longer renders is deleted from the cluster. */
  readonly prunes: boolean;
  /** Why it does not, where it does not, as it follows the target's id: `does not prune`. */
  readonly unpruned: string;
  /** Whether all that was applied is deleted when the object is. */
  readonly cascades: boolean;
  /** Why it is not, where it is not: `it is suspended`. */
  readonly uncascaded: string;
  /** The annotations by which a resource stays in the cluster, of those that the operator reads. */
  readonly keepers: readonly KeepingAnnotation[];
  /** Whose annotations on resources, of hooks, waves and how they are applied, the operator heeds. */
  readonly heeds: readonly Heeded[];
  /** The CustomResourceDefinitions that stay where other resources are deleted; null for none. */
  readonly keptDefinitions: KeptDefinitions | null;
  /** Why the operator applies no change by itself, such as `it is suspended`; null where it does. */
  readonly waits: string | null;
  /**
   * Why a change of the target's files does not reach the cluster; null where it does. A change of
   * the object itself is applied all the same, to the files that the cluster has.
   */
  readonly filesWait: FilesWait | null;
  /** Where its operator applies what the target renders; null where the object does not say that rightly. */
  readonly appliesTo: AppliedPlace | null;
  /** What makes the object itself of another one; null where nothing does. */
  readonly maker: Maker | null;
  /** Whether what cannot be patched is deleted and made anew. */
  readonly forces: boolean;
  /**
   * Whether it is told that its resources may be parts of objects which others have made, as by Argo
   * CD's `ServerSideApply=true`: the API server joins them with what is there.
   */
  readonly merges: boolean;
  /** What gives resources a namespace that state none, and a release its own; null where nothing does. */
  readonly namespace: NamespaceField | null;
  /**
   * Whether what it makes may be sources and other objects that are referred to: charts hardly ever
   * have such, and what installs an operator makes its own alone.
   */
  readonly makesObjects: boolean;
  /** The namespace that all resources stand in, where that can be told without rendering; else null. */
  readonly confinedTo: string | null;
  /**
   * The fields of the object that decide what the target renders to: its spec, without when and
   * how it is applied.
   */
  readonly decides: ManifestObject;
  /**
   * Places in a commit that its fields name as what the target is made from, wherever they are
   * read; a glob stands for all that is in the folder before its first wildcard, and one without
   * such a folder for all of the commit.
   */
  readonly places: readonly string[];
  /** The objects that its fields name, whose fields decide it as well. */
  readonly references: readonly ObjectReference[];
  /** The differences that start no sync; null where there are none. */
  readonly ignores: IgnoredDifferences | null;
  /** Labels and annotations that every resource gets; null for none. */
  readonly metadata: CommonMetadata | null;
  /** What the object changes of kustomizations before they are built, in the order in which that is done. */
  readonly edits: readonly DeclaredEdits[];
  /**
   * The fields that give the layers of values of the target's charts, in the order of the layers
   * in its source, and of its sources; null for a layer that is a file, or that no field gives.
   */
  readonly layers: readonly (FieldOrigin | null)[];
  /** The fields that set the variables which the rendered text is filled with, by name. */
  readonly variables: ReadonlyMap<string, FieldOrigin>;
  /** The fields with paths of what is read besides the target's own folder. */
  readonly paths: readonly NamedPath[];
  /** The field of the object that gives a value of a chart, such as `a.b[0]`; null where none does. */
  readonly valueField: (value: string) => FieldPath | null;
  /** Addresses of the Git repositories that the object takes files from, as far as it says them itself. */
  readonly addresses: readonly string[];
  /** What has to be in the cluster before the object counts as applied. */
  readonly waitsFor: readonly AwaitedResource[];
  /** Whether a changed chart is installed only under a new version. */
  readonly needsNewVersion: boolean;
}

/** That an operator takes no new files of a target. */
export interface FilesWait {
  /** Such as `its source GitRepository flux-system/apps is suspended`. */
  readonly why: string;
  /** Whether a change may reach the cluster all the same, by values of other objects or another source. */
  readonly mayComeOtherwise: boolean;
}

/** Where an operator applies what a target renders. In another place it applies all of it anew. */
export interface AppliedPlace {
  /** Null for the cluster that the object itself is in, where its name is not known. */
  readonly cluster: string | null;
  /**
   * By what that cluster is told: the settings list it (`settings`), or the object names it, by
   * what its operator calls it (`name`), its address (`server`) or how to log in (`login`),
   * or names none (`own`). One cluster may have names of several of these sorts.
   */
  readonly toldBy: 'settings' | 'name' | 'server' | 'login' | 'own';
  /** The Helm release in it that the operator keeps; null where it keeps none. */
  readonly release: HelmReleasePlace | null;
}

/** What tells one Helm release from another. */
export interface HelmReleasePlace {
  /** Namespace and name, and where Helm stores it if elsewhere. */
  readonly name: string;
  /** The name of its chart; null where nobody knows. */
  readonly chart: string | null;
  /** True: a chart of another name upgrades it. */
  readonly takesOtherCharts: boolean;
}

/** A namespace, and the field of the object that says it. */
export interface NamespaceField {
  readonly value: string;
  readonly fieldPath: FieldPath;
}

/** CustomResourceDefinitions that stay, by a rule of their operator. */
export interface KeptDefinitions {
  /** All of them once the object is deleted, or at any time those of the folder `crds/` of a chart. */
  readonly which: 'allWithTheObject' | 'ofCrdsFolder';
  /** The rule as a sentence. */
  readonly reason: string;
}

/** What an object that makes others does with those that it no longer wants. */
export interface Maker {
  readonly object: FoundObject;
  /** Whether it deletes what it no longer makes. */
  readonly deletes: boolean;
  /** Whether what it has made stays when it is deleted itself. */
  readonly releases: boolean;
}

/** An object by its name. */
export interface ObjectReference {
  readonly kind: string;
  readonly name: string;
  /** Undefined for the namespace of the object that refers to it. */
  readonly namespace: string | undefined;
}

/** What of an object decides what others get from it that refer to it. */
export interface ReferredPart {
  readonly decides: ManifestValue;
  readonly references: readonly ObjectReference[];
}

/** Parts of resources of which a difference between Git and the cluster does not count. */
export interface IgnoredDifferences {
  /** Who ignores them, and the field by which it is told to: `Argo CD`, `ignoreDifferences`. */
  readonly operator: string;
  readonly option: string;
  readonly rules: readonly IgnoreRule[];
  /** Whether a sync applies such fields all the same. */
  readonly applied: boolean;
}

/** One rule of what to ignore. */
export interface IgnoreRule {
  /** Globs. */
  readonly group: string;
  readonly kind: string;
  /** Undefined for any. */
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly fields: readonly FieldPath[];
  /** Expressions that only jq can answer. */
  readonly expressions: readonly string[];
  /** Field managers: the fields that the cluster says they own. */
  readonly managers: readonly string[];
}

/** Labels and annotations for all resources, with the field of the object that has them. */
export interface CommonMetadata {
  readonly fieldPath: FieldPath;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A part of an object that changes a kustomization. */
export interface DeclaredEdits {
  /** As fields of a kustomization. */
  readonly fields: ManifestObject;
  /** The field of the object that holds them. */
  readonly fieldPath: FieldPath;
  /** Those that the object calls otherwise than kustomize, by kustomize's name. */
  readonly renamed?: Readonly<Record<string, string>> | undefined;
}

/** A field with a path. */
export interface NamedPath {
  readonly fieldPath: FieldPath;
  /** The files of the commit that the path may mean. */
  readonly files: readonly string[];
}

/** A resource that an object waits for, with the field that names it. */
export interface AwaitedResource {
  readonly resource: ResourceId;
  readonly fieldPath: FieldPath;
}
