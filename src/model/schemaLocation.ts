import { apiVersionOf, type ResourceId } from './resource.ts';
import { table } from './table.ts';

/** A placeholder of kubeconform's schema locations that Hydrant knows. */
export const SCHEMA_PLACEHOLDER =
  /\{\{-?\s*\.(?<name>Group|ResourceKind|ResourceAPIVersion|KindSuffix|NormalizedKubernetesVersion|StrictSuffix)\s*-?\}\}/g;

/** How files are named below a folder: as datree's catalogue, openapi2jsonschema and kubeconform have them. */
const NAMES = [
  '{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json',
  '{{.ResourceKind}}_{{.ResourceAPIVersion}}.json',
  '{{.NormalizedKubernetesVersion}}-standalone{{.StrictSuffix}}/{{.ResourceKind}}{{.KindSuffix}}.json',
];

/** True for a folder, false for a path with placeholders or of one file. */
export function isSchemaFolder(location: string): boolean {
  return !location.endsWith('json') && !location.includes('{{');
}

/**
 * The paths at which a location may have the schema of a kind, the likeliest first, with
 * kubeconform's placeholders filled in as it does: the kind in lower case.
 * https://github.com/yannh/kubeconform/blob/master/pkg/registry/registry.go
 * @param minor such as `1.37`.
 */
export function schemaPaths(
  location: string,
  id: Pick<ResourceId, 'group' | 'version' | 'kind'>,
  minor: string,
): string[] {
  const templates = isSchemaFolder(location) ? NAMES.map((name) => `${location}/${name}`) : [location];
  const paths = templates.flatMap((template) =>
    ['-strict', ''].flatMap((strict) =>
      [`v${minor}.0`, `v${minor}`, 'master'].map((version) => filled(template, id, { strict, version })),
    ),
  );
  return [...new Set(paths)].map((path) => path.replace(/^\.\//, ''));
}

function filled(
  template: string,
  id: Pick<ResourceId, 'group' | 'version' | 'kind'>,
  { strict, version }: { readonly strict: string; readonly version: string },
): string {
  // Of the core group kubeconform takes the version for the group.
  const [group = '', apiVersion] = apiVersionOf(id).split('/');
  const suffix = [group.split('.')[0], apiVersion]
    .filter((part) => part !== undefined)
    .map((part) => `-${part}`);
  const values = table<string>({
    Group: group,
    ResourceKind: id.kind.toLowerCase(),
    ResourceAPIVersion: apiVersion ?? group,
    KindSuffix: suffix.join('').toLowerCase(),
    NormalizedKubernetesVersion: version,
    StrictSuffix: strict,
  });
  return template.replace(SCHEMA_PLACEHOLDER, (_, name: string) => values[name] ?? '');
}
