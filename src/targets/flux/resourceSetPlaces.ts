import { objectAt } from '../../model/fields.ts';
import { isObject, type ManifestObject, type ManifestValue } from '../../model/manifest.ts';
import { EVERYWHERE, placeNamed } from '../operator.ts';
import { FluxKind } from './fields.ts';

/** Groups of objects that read files of a repository. */
const READERS = /(?:toolkit\.fluxcd\.io|argoproj\.io)\//;

/** A field that says what is read, or holds such fields, and that an input gives as a whole. */
const GIVEN =
  /^\s*(?:- )?(?:apiVersion|path|spec|sources?|components|values?Files?):\s*(?:[|>][-+]?\s*)?["']?\*["']?\s*$/m;

/** As {@link GIVEN}: of a chart's name that is no path it is not known where the chart is. */
const CHART = /^\s*(?:- )?chart:\s*["']?\*["']?\s*$/m;

/**
 * The places in a commit that the objects could read which a ResourceSet makes, whatever its
 * inputs are, with `*` for what an input gives: each text with a slash may be one, and a field that
 * an input gives as a whole may name any.
 */
export function resourceSetPlaces(manifest: ManifestObject): string[] {
  const { inputs = null, ...spec } = objectAt(manifest, FluxKind.ResourceSet('spec')) ?? {};
  const text = filled(spec).join('\n');
  if (!READERS.test(text) && !GIVEN.test(text)) return [];
  if (GIVEN.test(text) || (CHART.test(text) && text.includes('GitRepository'))) return [EVERYWHERE];
  const words = text.split(/[\s"'[\]{},]+/).filter((word) => word.includes('/') && !word.includes('://'));
  const places = [...words, ...filled(inputs).map((line) => line.replace(/^[^:]*: /, ''))].flatMap(
    placeNamed,
  );
  return [...new Set(places)];
}

/** The lines of a manifest, or of a template in it, with `*` for what is filled in. */
function filled(value: ManifestValue): string[] {
  if (Array.isArray(value)) return value.flatMap(filled);
  if (isObject(value)) {
    return Object.entries(value).flatMap(([name, inside]) =>
      typeof inside === 'string' ? [`${name}: ${anything(inside)}`] : filled(inside),
    );
  }
  return typeof value === 'string' ? [anything(value)] : [];
}

function anything(text: string): string {
  return text.replaceAll(/<<.*?>>/gs, '*');
}
