import { flagAt } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { type FieldPath, isObject, type ManifestObject, textAt, valueAt } from '../../model/manifest.ts';
import { REDACTED_TEXT } from '../../model/redacted.ts';
import type { ValuesLayer } from '../../model/renderSource.ts';
import { entriesAt, filledText } from './fields.ts';
import type { FluxContext } from './fluxContext.ts';
import { namespaceOf } from './knownObjects.ts';
import { secretKeys } from './secretKeys.ts';
import { missingConfigMap } from './substitution.ts';

/** What Flux takes of a ConfigMap where nothing else is said. */
const DEFAULT_KEY = 'values.yaml';

/** An entry of `valuesFrom` as far as it is known; undefined where it adds nothing. */
type Layer =
  | { readonly whole: ValuesLayer }
  | { readonly at: string; readonly layer: ValuesLayer }
  | undefined;

/**
 * A HelmRelease's values: those of `valuesFrom` in their order, `values` over them, and what
 * has a `targetPath` over both.
 * https://fluxcd.io/flux/components/helm/helmreleases/#values-references
 */
export function releaseValues(context: FluxContext, release: FoundObject, targetId: string): ValuesLayer[] {
  const { manifest } = release.resource;
  const values = valueAt(manifest, Kind.HelmRelease('spec', 'values'));
  const inline = isObject(values) && Object.keys(values).length > 0 ? values : null;
  const layers: ValuesLayer[] = [];
  const placed: { readonly at: string; readonly layer: ValuesLayer }[] = [];
  let onTop = false;
  const putInline = () => {
    if (inline === null || onTop) return;
    layers.push({ inline }, ...placed.filter(({ at }) => reaches(inline, at)).map(({ layer }) => layer));
    onTop = true;
  };
  for (const { index, item } of entriesAt(manifest, Kind.HelmRelease('spec', 'valuesFrom'))) {
    const layer = layerOf(context, release, {
      path: Kind.HelmRelease('spec', 'valuesFrom', index),
      item,
      targetId,
    });
    if (layer === undefined) continue;
    if ('whole' in layer) {
      layers.push(layer.whole);
      onTop = false;
    } else {
      // A place in a list is a place in the list that `values` has.
      putInline();
      layers.push(layer.layer);
      placed.push(layer);
    }
  }
  putInline();
  return layers;
}

interface Entry {
  readonly path: FieldPath;
  readonly item: ManifestObject;
  readonly targetId: string;
}

function layerOf(context: FluxContext, release: FoundObject, { path, item, targetId }: Entry): Layer {
  const kind = textAt(item, ['kind']) ?? '';
  const name = textAt(item, ['name']) ?? '';
  const namespace = namespaceOf(release.resource);
  const key = filledText(item, ['valuesKey']) ?? DEFAULT_KEY;
  const at = filledText(item, ['targetPath']);
  const optional = flagAt(item, ['optional']);
  const title = `${kind} ${namespace}/${name}`;
  const config =
    kind === 'ConfigMap' ? context.known.find(release, { group: '', kind, namespace, name }) : undefined;
  const keys =
    config === undefined
      ? kind === 'Secret'
        ? secretKeys(context.known, release, { namespace, name })
        : undefined
      : keysOf(config);
  if (keys === undefined) {
    if (optional) return undefined;
    if (kind === 'ConfigMap')
      context.notes.warning(
        'flux/reference',
        release,
        [...path, 'name'],
        missingConfigMap({ namespace, name }),
      );
  } else if (keys.complete && !keys.names.includes(key)) {
    if (!optional)
      context.notes.error('flux/reference', release, [...path, 'valuesKey'], `${title} has no key ${key}`);
    return undefined;
  }
  const text = config === undefined ? undefined : textAt(config.resource.manifest, ['data', key]);
  if (text !== undefined)
    return at === undefined
      ? { whole: { text } }
      : { at, layer: placedValue(at, text, flagAt(item, ['literal'])) };
  const hidden = at === undefined ? 'are left out' : `at ${at} are replaced by ${REDACTED_TEXT}`;
  context.notes.partial(targetId, `the values of ${title} are not known: those of its key ${key} ${hidden}`);
  return at === undefined
    ? undefined
    : { at, layer: { at: { path: at, value: REDACTED_TEXT, literal: true } } };
}

function keysOf(config: FoundObject): { readonly names: readonly string[]; readonly complete: boolean } {
  const data = valueAt(config.resource.manifest, ['data']);
  return { names: isObject(data) ? Object.keys(data) : [], complete: true };
}

/**
 * A value at a path, as `helm --set` puts it; a quoted one as `--set-string`, and a literal
 * one as it is.
 * https://github.com/fluxcd/pkg/blob/main/chartutil/values.go
 */
function placedValue(path: string, value: string, literal: boolean): ValuesLayer {
  if (literal) return { at: { path, value, literal: true } };
  const quoted = ["'", '"'].some((quote) => value.startsWith(quote) && value.endsWith(quote));
  if (!quoted) return { set: `${path}=${value}` };
  return { set: `${path}=${value.replace(/^['"]+|['"]+$/g, '')}`, forceString: true };
}

/** Whether values say something of a path, so that they would hide what was put there. */
function reaches(values: ManifestObject, path: string): boolean {
  let current: unknown = values;
  for (const step of path.split(/(?<!\\)\./)) {
    // A list is replaced as a whole, and what is no mapping has nothing below.
    if (!isObject(current)) return true;
    const name = step.replace(/(?:\[\d+\])+$/, '').replaceAll(/\\(.)/g, '$1');
    if (!Object.hasOwn(current, name)) return false;
    current = current[name];
  }
  return true;
}
