import { objectsAt, textsAt } from '../../model/fields.ts';
import { Kind } from '../../model/kinds.ts';
import { type ManifestObject, textAt } from '../../model/manifest.ts';
import { describeResource, nameOnly, type ResourceName } from '../../model/resource.ts';
import { sameValue } from '../../model/sameValue.ts';
import { type ChangedPair, type Danger, dangerOf } from './danger.ts';

const GROUP = 'rbac.authorization.k8s.io';
const SHOWN = 5;

/** One thing that a rule allows; `*` stands for all. */
interface Grant {
  readonly verb: string;
  /** API group and resource, or null for a path that is no resource. */
  readonly group: string | null;
  readonly what: string;
  /** The only object that it is allowed on, or null for all. */
  readonly name: string | null;
}

/** A role that allows more than before, or a binding that gives it to more. */
export function widenedAccess(pair: ChangedPair): Danger[] {
  if (pair.head.group !== GROUP) return [];
  return pair.head.kind.endsWith('Binding') ? addedSubjects(pair) : addedGrants(pair);
}

function addedGrants(pair: ChangedPair): Danger[] {
  const before = grantsOf(pair.base.manifest);
  const added = grantsOf(pair.head.manifest).filter((grant) => !before.some((known) => covers(known, grant)));
  if (added.length === 0) return [];
  const about = { ...nameOnly(pair.head), ...shown(added.map(describe)) };
  return [dangerOf(pair, { rule: 'rbac-widened', message: allows(about), about, fieldPath: ['rules'] })];
}

function allows(about: ResourceName & Shown): string {
  return `${describeResource(about)} allows more than before: ${listed(about)}; whoever it is bound to may do so at once`;
}

function addedSubjects(pair: ChangedPair): Danger[] {
  const before = objectsAt(pair.base.manifest, Kind.RoleBinding('subjects'));
  const added = objectsAt(pair.head.manifest, Kind.RoleBinding('subjects')).filter(
    (subject) => !before.some((known) => sameValue(known, subject)),
  );
  if (added.length === 0) return [];
  const role = textAt(pair.head.manifest, Kind.RoleBinding('roleRef', 'name')) ?? 'its role';
  const about = { ...nameOnly(pair.head), role, ...shown(added.map(subjectName)) };
  return [dangerOf(pair, { rule: 'rbac-widened', message: gives(about), about, fieldPath: ['subjects'] })];
}

function gives(about: ResourceName & Shown & { readonly role: string }): string {
  return `${describeResource(about)} gives ${about.role} to more than before: ${listed(about)}`;
}

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources */
function grantsOf(role: ManifestObject): Grant[] {
  return objectsAt(role, Kind.ClusterRole('rules')).flatMap((rule) => {
    const names = textsAt(rule, ['resourceNames']);
    const objects = names.length === 0 ? [null] : names;
    return textsAt(rule, ['verbs']).flatMap((verb): Grant[] => [
      ...textsAt(rule, ['apiGroups']).flatMap((group) =>
        textsAt(rule, ['resources']).flatMap((what) => objects.map((name) => ({ verb, group, what, name }))),
      ),
      ...textsAt(rule, ['nonResourceURLs']).map((what) => ({ verb, group: null, what, name: null })),
    ]);
  });
}

function covers(known: Grant, grant: Grant): boolean {
  const any = (pattern: string | null, value: string | null) => pattern === '*' || pattern === value;
  const named = known.name === null || known.name === grant.name;
  if ((known.group === null) !== (grant.group === null)) return false;
  return any(known.verb, grant.verb) && any(known.group, grant.group) && reaches(known, grant) && named;
}

function reaches({ group, what: pattern }: Grant, { what }: Grant): boolean {
  if (pattern === '*' || pattern === what) return true;
  if (group === null) return pattern.endsWith('*') && what.startsWith(pattern.slice(0, -1));
  return pattern.startsWith('*/') && what.endsWith(pattern.slice(1));
}

function describe({ verb, group, what, name }: Grant): string {
  const where = group === null || group === '' ? what : `${what}.${group}`;
  return `${verb} ${where}${name === null ? '' : ` ${name}`}`;
}

function subjectName(subject: ManifestObject): string {
  const [kind, namespace, name] = ['kind', 'namespace', 'name'].map((field) => textAt(subject, [field]));
  return `${kind ?? ''} ${namespace === undefined ? '' : `${namespace}/`}${name ?? ''}`.trim();
}

/** The first of what is added, and how much more there is. */
type Shown = { readonly added: readonly string[]; readonly more: number };

function shown(names: readonly string[]): Shown {
  return { added: names.slice(0, SHOWN), more: Math.max(0, names.length - SHOWN) };
}

function listed({ added, more }: Shown): string {
  return `${added.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
