import path from 'node:path';
import { append } from '../../model/append.ts';
import { fileFact } from '../../model/fileFact.ts';
import type { SourceViolation, Violation } from '../../model/finding.ts';
import type { FoundObject, ObjectViolation } from '../../model/foundObject.ts';
import type { Gap } from '../../model/judgement.ts';
import { Kind } from '../../model/kinds.ts';
import { type FieldPath, textAt } from '../../model/manifest.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { OwnRepository } from '../../targets/automationElsewhere.ts';
import { automationGaps, type ReadMarker } from './imageAutomations.ts';
import { HAS_MARKERS, type ImageMarker, imageMarkers } from './imageMarkers.ts';
import { type MarkerProblem, type PolicyProblem, policyText, problemText } from './imageSentences.ts';
import { type BrokenPolicy, type Refusal, type TagPolicy, tagPolicy } from './tagPolicy.ts';

/** What is wrong with image automation, in files and on objects. */
export interface ImagePolicyFindings {
  readonly files: readonly SourceViolation[];
  readonly objects: readonly ObjectViolation[];
  readonly notValidated: readonly Gap[];
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
 * @param own what tells whether an automation writes here.
 */
export async function checkImagePolicies({
  snapshot,
  objects,
  paths,
  own,
}: {
  readonly snapshot: Snapshot;
  readonly objects: readonly FoundObject[];
  readonly paths: readonly string[];
  readonly own: OwnRepository;
}): Promise<ImagePolicyFindings> {
  const policies = objects.filter(isKind('ImagePolicy'));
  const repositories = objects.filter(isKind('ImageRepository'));
  const files: SourceViolation[] = [];
  const notValidated: Gap[] = [];
  const read = new Map<string, ReadMarker[]>();
  for (const file of paths.filter(isRead)) {
    if (snapshot.entries.get(file)?.kind !== 'file') continue;
    if ((await fileFact(file, snapshot, HAS_MARKERS)) === 'no') continue;
    const markers = imageMarkers(file, new TextDecoder().decode(await snapshot.read(file)));
    if ('brokenLine' in markers) {
      const reason = `line ${markers.brokenLine} is not YAML, so that its image policy markers are not read`;
      notValidated.push({ subject: file, reason, concern: 'policies' });
    } else {
      const judged = markers.map((marker) => ({ marker, about: problemOf(marker, policies) }));
      read.set(
        file,
        judged.map(({ marker: { setter }, about }) => ({ setter, isJudged: hasPolicy(about) })),
      );
      append(files, judged.flatMap(violationsOf));
    }
  }
  append(notValidated, automationGaps(objects, read, own));
  return { files, objects: policies.flatMap((policy) => judgePolicy(policy, repositories)), notValidated };
}

/** https://github.com/fluxcd/image-automation-controller/blob/main/internal/update/filereader.go */
function isRead(file: string): boolean {
  return /\.ya?ml$/.test(file) || path.posix.basename(file) === 'Kustomization';
}

interface JudgedMarker {
  readonly marker: ImageMarker;
  readonly about: MarkerProblem | null;
}

function violationsOf({ marker, about }: JudgedMarker): SourceViolation[] {
  if (about === null) return [];
  const { fieldPath, resource, location } = marker;
  const severity = about.problem === 'refusedTag' ? 'error' : 'warning';
  return [{ rule: RULE, severity, message: problemText(about), about, fieldPath, resource, location }];
}

/** True where the value at the marker was held against an ImagePolicy. */
function hasPolicy(about: MarkerProblem | null): boolean {
  return about === null || about.problem === 'refusedTag';
}

function problemOf({ setter, value }: ImageMarker, policies: readonly FoundObject[]): MarkerProblem | null {
  if (setter === null) return { problem: 'notReadable' };
  const [namespace = '', name = '', part, ...more] = setter.split(':');
  if (name === '' || more.length > 0 || (part !== undefined && !SETTERS.includes(part)))
    return { problem: 'notAName', setter };
  const named = policies.filter(
    (policy) => namespaceOf(policy) === namespace && policy.resource.name === name,
  );
  if (named.length === 0) return { problem: 'noPolicy', namespace, name };
  const tag = part === undefined ? tagOf(value) : part === 'tag' ? value : undefined;
  if (tag === undefined) return null;
  const refusals = named.map((policy) => refusal(policy, tag));
  const [first = null] = refusals;
  // Clusters may have policies of one name; that one of them takes the tag is enough.
  if (first === null || refusals.includes(null)) return null;
  return { problem: 'refusedTag', tag, ...first, namespace, name };
}

function refusal({ resource }: FoundObject, tag: string): Refusal | null {
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
  const namespace =
    textAt(manifest, Kind.ImagePolicy('spec', 'imageRepositoryRef', 'namespace')) || namespaceOf(policy);
  const repository = textAt(manifest, Kind.ImagePolicy('spec', 'imageRepositoryRef', 'name')) ?? '';
  const found = repositories.some(
    (one) =>
      one.resource.name === repository && namespaceOf(one) === namespace && mayShareCluster(one, policy),
  );
  const rules = tagPolicy(manifest);
  const missing = (): ObjectViolation => {
    const violation = violationOf(REPOSITORY_NAME, { policy: name, namespace, repository });
    return { object: policy, violation, absent: { namespace } };
  };
  const broken = ({ fieldPath, wanted, given }: BrokenPolicy): ObjectViolation => {
    return { object: policy, violation: violationOf(fieldPath, { policy: name, wanted, given }) };
  };
  return [...(found ? [] : [missing()]), ...(isBroken(rules) ? [broken(rules)] : [])];
}

const REPOSITORY_NAME = Kind.ImagePolicy('spec', 'imageRepositoryRef', 'name');

function violationOf(fieldPath: FieldPath, about: PolicyProblem): Violation {
  return { rule: RULE, severity: 'error', message: policyText(about), about, fieldPath };
}

function isBroken(policy: TagPolicy | BrokenPolicy): policy is BrokenPolicy {
  return 'given' in policy;
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
