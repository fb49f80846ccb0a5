import { entriesAt, filledText, flagAt, objectAt } from '../../model/fields.ts';
import type { FieldOrigin, FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { type FieldPath, isObject, type ManifestObject, textAt, valueAt } from '../../model/manifest.ts';
import type { OperatorRecord } from '../../model/operatorRecord.ts';
import { REDACTED_TEXT } from '../../model/redacted.ts';
import type { ValuesLayer } from '../../model/renderSource.ts';
import { told } from '../../model/told.ts';
import { partlyRendered, type ViolationsAndGaps } from '../operator.ts';
import type { FluxContext } from './fluxContext.ts';
import { namespaceOf } from './knownObjects.ts';
import { mistake, possibleMistake } from './mistake.ts';
import { secretKeys } from './secretKeys.ts';
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
 * A HelmRelease's values: those of `valuesFrom` in their order, `values` over them, and what
 * has a `targetPath` over both.
 * https://fluxcd.io/flux/components/helm/helmreleases/#values-references
 */
export function releaseValues(context: FluxContext, release: FoundObject, targetId: string): ReleaseValues {
  const { manifest } = release.resource;
  const entries = entriesAt(manifest, Kind.HelmRelease('spec', 'valuesFrom')).map(({ index, item }) =>
    entryOf(context, release, { path: Kind.HelmRelease('spec', 'valuesFrom', index), item, targetId }),
  );
  const added = inOrder(
    entries.flatMap((entry) => entry.added ?? []),
    inlineOf(release),
  );
  return {
    layers: added.map(({ layer }) => layer),
    origins: added.map(({ origin }) => origin),
    violations: entries.flatMap(({ violations = [] }) => violations),
    notValidated: entries.flatMap(({ notValidated = [] }) => notValidated),
  };
}

/** What `values` adds. */
type Inline = Omit<Added, 'at'> & { readonly values: ManifestObject };

function inlineOf(object: FoundObject): Inline | null {
  const fieldPath = Kind.HelmRelease('spec', 'values');
  const inline = objectAt(object.resource.manifest, fieldPath) ?? {};
  const isEmpty = Object.keys(inline).length === 0;
  return isEmpty ? null : { layer: { inline }, origin: { object, fieldPath }, values: inline };
}

/**
 * The layers in an order in which merging one over the other gives what Flux does: `values` over
 * values that an entry gives as a whole, and what an entry puts at a place over both. Where whole
 * values follow a place, `values` stand once more after them, and so do the places that `values` hide.
 */
function inOrder(all: readonly Added[], inline: Inline | null): Omit<Added, 'at'>[] {
  const layers: Omit<Added, 'at'>[] = [];
  const placed: (Added & { readonly at: string })[] = [];
  /** No whole values were added since `values`. */
  let inlineIsLast = false;
  const putInline = () => {
    if (inline === null || inlineIsLast) return;
    layers.push(inline, ...placed.filter(({ at }) => reaches(inline.values, at)));
    inlineIsLast = true;
  };
  for (const one of all) {
    const { at } = one;
    // A place in a list is a place in the list that `values` has.
    if (at !== undefined) putInline();
    layers.push(one);
    if (at === undefined) inlineIsLast = false;
    else placed.push({ ...one, at });
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
  const config =
    kind === 'ConfigMap' ? context.known.find(object, { group: '', kind, namespace, name }) : undefined;
  const keys =
    config !== undefined
      ? keysOf(config)
      : kind === 'Secret'
        ? secretKeys(context.known, object, { namespace, name })
        : undefined;
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
