import type { Document } from 'yaml';
import type { ManifestValue } from '../model/manifest.ts';
import { AS_WRITTEN, parseDocuments } from './parseDocuments.ts';

/** Stands for a document that is not YAML, whose aliases lead nowhere or multiply, or that is nested too deep. */
export const NOT_YAML = Symbol('not YAML');

/**
 * The values of a YAML text, one for each of its documents. Never throws.
 * @param version `1.1` as the API server reads, where `yes` is a boolean.
 */
export function yamlValues(
  text: string,
  version: '1.1' | '1.2' = '1.2',
): (ManifestValue | typeof NOT_YAML)[] {
  const { documents, excess } = parseDocuments(text, { version, uniqueKeys: false });
  return excess === null ? documents.map(valueIn) : [NOT_YAML];
}

/** As {@link yamlValues}, with every scalar as the text that stands there; what reads the file's lines shares its parse. */
export function yamlTexts(text: string): (ManifestValue | typeof NOT_YAML)[] {
  const { documents, excess } = parseDocuments(text, AS_WRITTEN);
  return excess === null ? documents.map(valueIn) : [NOT_YAML];
}

/** Where each document of a YAML text begins, with what stands before it, and ends; as {@link yamlValues} reads it. */
export function documentPlaces(
  text: string,
  version: '1.1' | '1.2' = '1.2',
): (readonly [from: number, to: number])[] {
  const { documents } = parseDocuments(text, { version, uniqueKeys: false });
  let from = 0;
  return documents.map(({ range: [, , to] }) => {
    const place = [from, to] as const;
    from = to;
    return place;
  });
}

function valueIn(document: Document): ManifestValue | typeof NOT_YAML {
  if (document.errors.length > 0) return NOT_YAML;
  try {
    // What YAML gives is JSON, but for keys that are no text.
    return document.toJS({ maxAliasCount: 100 }) as ManifestValue;
  } catch {
    return NOT_YAML;
  }
}
