import { entriesAt, filledText, flagAt, objectAt } from '../../model/fields.ts';
import type { FieldOrigin, FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { type FieldPath, isObject, type ManifestObject, textAt, valueAt } from '../../model/manifest.ts';
import type { OperatorRecord } from '../../model/operatorRecord.ts';
import { REDACTED_TEXT } from '../../model/redacted.ts';
import type { ValuesLayer } from '../../model/renderSource.ts';
import { told } from '../../model/told.ts';
import { partlyRendered, type ViolationsAndGaps } from '../operator.ts';
import { mistake, possibleMistake } from '../refusal.ts';
import { dataHolder, UNKNOWN } from './dataHolder.ts';
import type { FluxContext } from './fluxContext.ts';
import { namespaceOf } from './knownObjects.ts';
import { type SecretKeys, secretKeys } from './secretKeys.ts';
import { missingConfigMap } from './substitution.ts';

/** What Flux takes of a ConfigMap where nothing else is said. */
const DEFAULT_KEY = 'values.yaml';

/** The values of a release, with what is to be said of where they come from. */
export interface ReleaseValues extends ViolationsAndGaps {
  readonly layers: readonly ValuesLayer[];
  /** The field that gives each layer; null where none does. */
  readonly origins: OperatorRecord['layers'];
}

/** A layer that an entry of `valuesFrom` adds. */
interface Added {
  /** Where it puts its value; undefined for values as a whole. */
  readonly at?: string | undefined;
  readonly layer: ValuesLayer;
  readonly origin: FieldOrigin | null;
}

/** An entry of `valuesFrom` as far as it is known. */
interface Entry extends Partial<ViolationsAndGaps> {
  /** Undefined where it adds nothing. */
  readonly added?: Added | undefined;
}

/**
 * A HelmRelease's values, as helm-controller merges them: those of `valuesFrom` in their order,
 * and `values` over them. `values` are merged before each entry with a `targetPath` as well, and
 * are one mapping throughout: what such an entry puts into them stays, and what it puts beside
 * them is taken back at the end.
 * https://fluxcd.io/flux/components/helm/helmreleases/#values-references
 * https://github.com/fluxcd/pkg/blob/main/chartutil/values.go
 * @param chartLayers how many layers the chart's own values files make before these.
 */
export function releaseValues(
  context: FluxContext,
  release: FoundObject,
  { targetId, chartLayers }: { readonly targetId: string; readonly chartLayers: number },
): ReleaseValues {
  const { manifest } = release.resource;
  const entries = entriesAt(manifest, Kind.HelmRelease('spec', 'valuesFrom')).map(({ index, item }) =>
    entryOf(context, release, { path: Kind.HelmRelease('spec', 'valuesFrom', index), item, targetId }),
  );
  const added = inOrder(
    entries.flatMap((entry) => entry.added ?? []),
    { inline: inlineOf(release), chartLayers },
  );
  return {
    layers: added.map(({ layer }) => layer),
    origins: added.map(({ origin }) => origin),
    violations: entries.flatMap(({ violations = [] }) => violations),
    notValidated: entries.flatMap(({ notValidated = [] }) => notValidated),
  };
}

/** What `values` adds; null where it is empty. */
function inlineOf(object: FoundObject): Omit<Added, 'at'> | null {
  const fieldPath = Kind.HelmRelease('spec', 'values');
  const inline = objectAt(object.resource.manifest, fieldPath) ?? {};
  const isEmpty = Object.keys(inline).length === 0;
  return isEmpty ? null : { layer: { inline }, origin: { object, fieldPath } };
}

/**
 * The layers in an order in which merging one over the other gives what Flux does: `values` over
 * values that an entry gives as a whole, and again before each value that is put at a place, and
 * at the end.
 */
function inOrder(
  all: readonly Added[],
  { inline, chartLayers }: { readonly inline: Omit<Added, 'at'> | null; readonly chartLayers: number },
): Omit<Added, 'at'>[] {
  const layers: Omit<Added, 'at'>[] = [];
  let first: number | undefined;
  const putInline = () => {
    if (inline === null) return;
    if (first === undefined) first = layers.push(inline) - 1 + chartLayers;
    else layers.push({ ...inline, layer: { again: first } });
  };
  for (const one of all) {
    if (one.at !== undefined) putInline();
    layers.push(one);
  }
  putInline();
  return layers;
}

interface DeclaredEntry {
  readonly path: FieldPath;
  readonly item: ManifestObject;
  readonly targetId: string;
}

function entryOf(context: FluxContext, object: FoundObject, { path, item, targetId }: DeclaredEntry): Entry {
  const kind = textAt(item, Kind.ValuesReference('kind')) ?? '';
  const name = textAt(item, Kind.ValuesReference('name')) ?? '';
  const namespace = namespaceOf(object.resource);
  const key = filledText(item, Kind.ValuesReference('valuesKey')) ?? DEFAULT_KEY;
  const at = filledText(item, Kind.ValuesReference('targetPath'));
  const optional = flagAt(item, Kind.ValuesReference('optional'));
  const title = `${kind} ${namespace}/${name}`;
  const { config, keys } = holderOf(context, object, { kind, namespace, name });
  if (keys === undefined && optional) return {};
  if (keys?.complete && !keys.names.includes(key)) {
    const place = { rule: 'flux/reference', object, fieldPath: [...path, 'valuesKey'] };
    const noKey = told('no-key', { holder: title, key })`${'holder'} has no key ${'key'}`;
    return optional ? {} : { violations: [mistake(place, noKey)] };
  }
  const text = textAt(config?.resource.manifest, Kind.ConfigMap('data', key));
  if (config !== undefined && text !== undefined) {
    const layer =
      at === undefined ? { text } : placedValue(at, text, flagAt(item, Kind.ValuesReference('literal')));
    return { added: { at, layer, origin: { object: config, fieldPath: Kind.ConfigMap('data', key) } } };
  }
  const place = { rule: 'flux/reference', object, fieldPath: [...path, 'name'] };
  const isMissing = keys === undefined && kind === 'ConfigMap';
  const hidden = at === undefined ? 'are left out' : `at ${at} are replaced by ${REDACTED_TEXT}`;
  return {
    ...(isMissing && { violations: [possibleMistake(place, missingConfigMap({ namespace, name }))] }),
    notValidated: [
      partlyRendered(targetId, `the values of ${title} are not known: those of its key ${key} ${hidden}`),
    ],
    ...(at !== undefined && {
      added: { at, layer: { at: { path: at, value: REDACTED_TEXT, literal: true } }, origin: null },
    }),
  };
}

/** The ConfigMap that an entry names, and the keys of it, or of the Secret; undefined where there is none. */
function holderOf(
  { known }: FluxContext,
  object: FoundObject,
  { kind, ...wanted }: { readonly kind: string; readonly namespace: string; readonly name: string },
): { readonly config?: FoundObject; readonly keys?: SecretKeys | undefined } {
  if (kind === 'Secret') return { keys: secretKeys(known, object, wanted) };
  const found = kind === 'ConfigMap' ? dataHolder(known, object, { group: '', kind, ...wanted }) : undefined;
  if (found === UNKNOWN) return { keys: { names: [], complete: false } };
  return found === undefined ? {} : { config: found, keys: keysOf(found) };
}

function keysOf(config: FoundObject): { readonly names: readonly string[]; readonly complete: boolean } {
  const data = valueAt(config.resource.manifest, Kind.ConfigMap('data'));
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
