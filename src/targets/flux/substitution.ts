import { flagAt, textMapAt } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { isObject, type ManifestObject, textAt, valueAt } from '../../model/manifest.ts';
import type { RenderStep } from '../../model/renderSource.ts';
import { entriesAt } from './fields.ts';
import type { FluxContext } from './fluxContext.ts';
import { namespaceOf } from './knownObjects.ts';
import { secretKeys } from './secretKeys.ts';
import { variableNames } from './variableNames.ts';

/** Variables as far as they are known. */
interface Variables {
  readonly values: Map<string, string>;
  /** Objects whose values are not known, as people name them. */
  readonly hidden: string[];
  /** True: nobody knows which variables a hidden object has. */
  readonly open: boolean;
}

/**
 * A Kustomization's `postBuild`: the variables of `substituteFrom` in their order, and over
 * them those of `substitute`. What is not known stays as it is written: a variable of a
 * Secret, and where nobody knows which variables an object has, every one that the files
 * use and nothing else defines.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export async function substitution(
  context: FluxContext,
  object: FoundObject,
  target: { readonly id: string; readonly files: readonly string[] },
): Promise<RenderStep[]> {
  const postBuild = valueAt(object.resource.manifest, Kind.Kustomization('spec', 'postBuild'));
  if (!isObject(postBuild)) return [];
  const { values, hidden, open } = fromObjects(context, object, postBuild);
  for (const [name, value] of Object.entries(textMapAt(postBuild, ['substitute']))) values.set(name, value);
  if (open) {
    for (const name of await variableNames(context.snapshot, target.files)) {
      if (!values.has(name)) values.set(name, placeholder(name));
    }
  }
  const kept = [...values].filter(([name, value]) => value === placeholder(name)).map(([name]) => name);
  if (kept.length > 0 && hidden.length > 0) {
    context.notes.partial(
      target.id,
      `the values of ${hidden.join(', ')} for postBuild are not known: ${kept.map(placeholder).toSorted().join(', ')} stay as they are written`,
    );
  }
  if (values.size > 0) return [{ step: 'substitute', variables: sorted(values) }];
  // Without any variable Flux leaves everything as it is, unless it is told otherwise.
  const always = hidden.length > 0 || textAt(postBuild, ['substituteStrategy']) === 'Always';
  return always ? [{ step: 'substitute', variables: {}, always }] : [];
}

function fromObjects(context: FluxContext, object: FoundObject, postBuild: ManifestObject): Variables {
  const values = new Map<string, string>();
  const hidden: string[] = [];
  let open = false;
  for (const { index, item } of entriesAt(postBuild, ['substituteFrom'])) {
    const kind = textAt(item, ['kind']);
    const wanted = {
      group: '',
      kind: kind ?? '',
      namespace: namespaceOf(object.resource),
      name: textAt(item, ['name']) ?? '',
    };
    const found = kind === 'ConfigMap' ? context.known.find(object, wanted) : undefined;
    if (found !== undefined) {
      const data = textMapAt(found.resource.manifest, ['data']);
      for (const [name, value] of Object.entries(data)) values.set(name, value);
      continue;
    }
    const keys = kind === 'Secret' ? secretKeys(context.known, object, wanted) : undefined;
    if (keys === undefined && flagAt(item, ['optional'])) continue;
    if (kind === 'ConfigMap') {
      const path = Kind.Kustomization('spec', 'postBuild', 'substituteFrom', index, 'name');
      context.notes.warning('flux/reference', object, path, missingConfigMap(wanted));
    }
    hidden.push(`${wanted.kind} ${wanted.namespace}/${wanted.name}`);
    for (const key of keys?.names ?? []) values.set(key, placeholder(key));
    open ||= keys?.complete !== true;
  }
  return { values, hidden, open };
}

/** What else may make a ConfigMap is many: that it is not here need not be a mistake. */
export function missingConfigMap({
  namespace,
  name,
}: {
  readonly namespace: string;
  readonly name: string;
}): string {
  return `ConfigMap ${namespace}/${name} is not in the repository: unless something else makes it, Flux fails`;
}

/** As it stands in the manifests. */
function placeholder(name: string): string {
  return `\${${name}}`;
}

/** Equal variables are equal text, in whatever order they are declared; Flux drops line breaks. */
function sorted(values: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    [...values]
      .map(([name, value]) => [name, value.replaceAll('\n', '')] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
