import { digestOf } from '../../model/digestOf.ts';
import type { NotValidated } from '../../model/finding.ts';
import type { Undecided } from '../../model/judgement.ts';
import { apiVersionOf, identityOf, type Resource } from '../../model/resource.ts';
import type { Target } from '../../model/target.ts';

/** Collects the kinds of one commit that have no schema. */
export class UnknownKinds {
  readonly #resources: Unknown[] = [];

  add(target: Target, resource: Resource, hint: string): void {
    this.#resources.push({ target, resource, hint });
  }

  /** All of their resources. A schema error that one of them had at the base is not fixed. */
  get undecided(): Undecided[] {
    return this.#resources.map(({ target, resource }) => ({ target, resource, rule: 'schema/' }));
  }

  /**
   * Each kind once with the number of its resources. Kinds whose resources are all as they were
   * are told together in one line, on which no verdict depends.
   * @param before the same of the base.
   */
  list(before: UnknownKinds): NotValidated[] {
    const kinds = [...grouped(this.#resources)].toSorted(([a], [b]) => (a < b ? -1 : 1));
    const known = new Set(before.#resources.map(contentOf));
    const isStanding = (group: readonly Unknown[]) => group.every((one) => known.has(contentOf(one)));
    const touched = kinds.filter(([, group]) => !isStanding(group));
    const standing = kinds.filter(([, group]) => isStanding(group));
    return [...touched.map(([, group]) => gapOf(group)), ...standingGap(standing.map(([, group]) => group))];
  }
}

interface Unknown {
  readonly target: Target;
  readonly resource: Resource;
  /** Why there is no schema, or what may have been meant. */
  readonly hint: string;
}

/** Clusters of different versions may lack a kind for different reasons. */
function grouped(all: readonly Unknown[]): Map<string, Unknown[]> {
  const groups = new Map<string, Unknown[]>();
  for (const one of all) {
    const key = JSON.stringify([kindOf(one), one.hint]);
    const group = groups.get(key) ?? [];
    group.push(one);
    groups.set(key, group);
  }
  return groups;
}

function kindOf({ resource }: Unknown): string {
  return `${apiVersionOf(resource)} ${resource.kind}`;
}

function contentOf({ target, resource }: Unknown): string {
  return digestOf([target.id, identityOf(resource), resource.manifest]);
}

function gapOf(group: readonly Unknown[]): NotValidated {
  const [first] = group;
  const kind = first === undefined ? '' : kindOf(first);
  const hint = first?.hint ?? '';
  const help = hint === '' ? wayOut(kind) : `; ${hint}`;
  const reason = `no schema for this kind (${counted(group.length)})${help}`;
  return { subject: kind, reason, concern: 'schemas' };
}

const SHOWN_KINDS = 3;

function standingGap(groups: readonly (readonly Unknown[])[]): NotValidated[] {
  const names = [...new Set(groups.flatMap((group) => group.slice(0, 1).map(kindOf)))];
  if (names.length === 0) return [];
  const more = names.length > SHOWN_KINDS ? ` and ${names.length - SHOWN_KINDS} more` : '';
  const kinds = names.length === 1 ? '1 kind' : `${names.length} kinds`;
  const reason = `no schema for ${names.slice(0, SHOWN_KINDS).join(', ')}${more} (${counted(groups.flat().length)}), of which nothing changes`;
  return [{ subject: kinds, reason, concern: 'schemas', isStanding: true }];
}

function counted(count: number): string {
  return count === 1 ? '1 resource' : `${count} resources`;
}

/**
 * Kubernetes' own groups with a dot. Others in `k8s.io` are those of its projects, whose kinds are
 * custom ones: https://kubernetes.io/docs/reference/using-api/#api-groups
 */
const OWN_GROUPS =
  /^(?:admissionregistration|apiextensions|apiregistration|authentication|authorization|certificates|coordination|discovery|events|(?:flowcontrol|internal)\.apiserver|networking|node|rbac\.authorization|resource|scheduling|storage|storagemigration)\.k8s\.io$/;

/** Advice for a kind of a custom group. Groups without a dot are Kubernetes' own. */
export function wayOut(kind: string): string {
  const [group = ''] = kind.split('/');
  if (!group.includes('.') || OWN_GROUPS.test(group)) return '';
  return '; add its CustomResourceDefinition to the repository, or name a folder with its schema under schemas.locations in .hydrant.yaml';
}
