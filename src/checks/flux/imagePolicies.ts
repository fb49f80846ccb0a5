import path from 'node:path';
import type { NotValidated, SourceViolation } from '../../model/finding.ts';
import type { FoundObject, ObjectViolation } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { textAt } from '../../model/manifest.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { type ImageMarker, imageMarkers } from './imageMarkers.ts';
import { type BrokenPolicy, type TagPolicy, tagPolicy } from './tagPolicy.ts';

/** What is wrong with image automation, in files and on objects. */
export interface ImagePolicyFindings {
  readonly files: readonly SourceViolation[];
  readonly objects: readonly ObjectViolation[];
  readonly notValidated: readonly NotValidated[];
}

const RULE = 'flux/image-policy';
const GROUP = 'image.toolkit.fluxcd.io';
/** Flux's own namespace, where a plain file leaves it to the one who applies it. */
const DEFAULT_NAMESPACE = 'flux-system';
const SETTERS = ['tag', 'name', 'digest'];

/**
 * Image automation that cannot work, or that undoes what is committed:
 * - error: a tag that the ImagePolicy would never choose, so that the next run of the
 *   automation replaces it; an ImagePolicy that names no ImageRepository or cannot be read;
 * - warning: a marker that sets nothing, because it cannot be read or names no ImagePolicy
 *   (there may be one in another repository).
 * @param paths the files to look into; only those that image automation reads count.
 */
export async function checkImagePolicies({
  snapshot,
  objects,
  paths,
}: {
  readonly snapshot: Snapshot;
  readonly objects: readonly FoundObject[];
  readonly paths: readonly string[];
}): Promise<ImagePolicyFindings> {
  const policies = objects.filter(isKind('ImagePolicy'));
  const repositories = objects.filter(isKind('ImageRepository'));
  const files: SourceViolation[] = [];
  const notValidated: NotValidated[] = [];
  for (const file of paths.filter(isRead)) {
    if (snapshot.entries.get(file)?.kind !== 'file') continue;
    const markers = imageMarkers(file, new TextDecoder().decode(await snapshot.read(file)));
    if ('brokenLine' in markers) {
      const reason = `line ${markers.brokenLine} is not YAML, so that its image policy markers are not read`;
      notValidated.push({ subject: file, reason, concern: 'policies' });
    } else files.push(...markers.flatMap((marker) => judge(marker, policies)));
  }
  return { files, objects: policies.flatMap((policy) => judgePolicy(policy, repositories)), notValidated };
}

/** https://github.com/fluxcd/image-automation-controller/blob/main/internal/update/filereader.go */
function isRead(file: string): boolean {
  return /\.ya?ml$/.test(file) || path.posix.basename(file) === 'Kustomization';
}

function judge(marker: ImageMarker, policies: readonly FoundObject[]): SourceViolation[] {
  const { location, fieldPath, resource } = marker;
  const say = (severity: 'error' | 'warning', message: string): SourceViolation[] => [
    { rule: RULE, severity, message, fieldPath, resource, location },
  ];
  if (marker.setter === null) {
    return say(
      'warning',
      'the image policy marker is not JSON of the form {"$imagepolicy": "<namespace>:<name>"}, so that nothing sets this value',
    );
  }
  const [namespace = '', name = '', part, ...more] = marker.setter.split(':');
  if (name === '' || more.length > 0 || (part !== undefined && !SETTERS.includes(part))) {
    return say(
      'warning',
      `${marker.setter} is not <namespace>:<name>, with :tag, :name or :digest behind it, so that nothing sets this value`,
    );
  }
  const named = policies.filter(
    (policy) => namespaceOf(policy) === namespace && policy.resource.name === name,
  );
  if (named.length === 0) {
    return say(
      'warning',
      `ImagePolicy ${namespace}/${name} is not in the repository: unless it is elsewhere, nothing sets this value`,
    );
  }
  const tag = part === undefined ? tagOf(marker.value) : part === 'tag' ? marker.value : undefined;
  const refusals = tag === undefined ? [] : named.map((policy) => refusal(policy, tag));
  const [first] = refusals;
  // Clusters may have policies of one name; that one of them takes the tag is enough.
  if (typeof first !== 'string' || refusals.includes(null)) return [];
  return say(
    'error',
    `tag ${tag} ${first}, so that ImagePolicy ${namespace}/${name} never chooses it and image automation replaces it`,
  );
}

function refusal({ resource }: FoundObject, tag: string): string | null {
  const policy = tagPolicy(resource.manifest);
  return isBroken(policy) ? null : policy.refuses(tag);
}

/** The tag of an image reference; `latest` where it has neither tag nor digest. */
function tagOf(reference: string): string | undefined {
  const [name = '', digest] = reference.split('@');
  const tag = /:([^:/]+)$/.exec(name)?.[1];
  return tag ?? (digest === undefined ? 'latest' : undefined);
}

function judgePolicy(policy: FoundObject, repositories: readonly FoundObject[]): ObjectViolation[] {
  const { manifest, name } = policy.resource;
  const violations: ObjectViolation[] = [];
  const say = (fieldPath: readonly string[], message: string) =>
    violations.push({ object: policy, violation: { rule: RULE, severity: 'error', message, fieldPath } });
  const namespace =
    textAt(manifest, Kind.ImagePolicy('spec', 'imageRepositoryRef', 'namespace')) || namespaceOf(policy);
  const repository = textAt(manifest, Kind.ImagePolicy('spec', 'imageRepositoryRef', 'name')) ?? '';
  const found = repositories.some(
    (one) =>
      one.resource.name === repository && namespaceOf(one) === namespace && mayShareCluster(one, policy),
  );
  if (!found) {
    say(
      ['spec', 'imageRepositoryRef', 'name'],
      `ImageRepository ${namespace}/${repository} does not exist in the repository, so that ImagePolicy ${name} has no tags to choose from`,
    );
  }
  const rules = tagPolicy(manifest);
  if (isBroken(rules)) say(rules.fieldPath, `${rules.message}, so that ImagePolicy ${name} chooses nothing`);
  return violations;
}

function isBroken(policy: TagPolicy | BrokenPolicy): policy is BrokenPolicy {
  return 'message' in policy;
}

function isKind(kind: string): (object: FoundObject) => boolean {
  return ({ resource }) => resource.group === GROUP && resource.kind === kind;
}

function namespaceOf({ resource }: FoundObject): string {
  return resource.namespace ?? DEFAULT_NAMESPACE;
}

function mayShareCluster(one: FoundObject, other: FoundObject): boolean {
  return one.cluster === other.cluster || one.cluster === null || other.cluster === null;
}
