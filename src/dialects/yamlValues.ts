import { parseAllDocuments } from 'yaml';
import type { ManifestValue } from '../model/manifest.ts';

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
  const options = { version, prettyErrors: false, logLevel: 'silent', uniqueKeys: false } as const;
  try {
    const documents = parseAllDocuments(text, options);
    // An empty text is no array.
    return Array.isArray(documents) ? documents.map(valueIn) : [];
  } catch {
    // The parser's own stack is not endless.
    return [NOT_YAML];
  }
}

function valueIn(document: ReturnType<typeof parseAllDocuments>[number]): ManifestValue | typeof NOT_YAML {
  if (document.errors.length > 0) return NOT_YAML;
  try {
    // What YAML gives is JSON, but for keys that are no text.
    return document.toJS({ maxAliasCount: 100 }) as ManifestValue;
  } catch {
    return NOT_YAML;
  }
}
