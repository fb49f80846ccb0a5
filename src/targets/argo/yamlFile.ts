import { parseDocuments } from '../../dialects/parseDocuments.ts';
import type { ManifestValue } from '../../model/manifest.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import { followLinks } from '../kustomize/followLinks.ts';

/** A file's first document, or what is wrong with the file; null where there is no such file. */
export type YamlFile = { readonly content: ManifestValue } | { readonly error: string } | null;

/**
 * Reads a YAML or JSON file of a commit through symlinks, as Argo CD's Go libraries do:
 * YAML 1.1, the first document only.
 */
export async function readYamlFile(snapshot: Snapshot, path: string): Promise<YamlFile> {
  const resolved = await followLinks(snapshot, path);
  if (resolved === null || snapshot.entries.get(resolved)?.kind !== 'file') return null;
  return parseYaml(new TextDecoder().decode(await snapshot.read(resolved)));
}

/** The first document of a YAML text. */
export function parseYaml(text: string): Exclude<YamlFile, null> {
  const { documents, excess } = parseDocuments(text, { version: '1.1' });
  if (excess !== null) return { error: excess.reason };
  const [first] = documents;
  if (first === undefined) return { content: null };
  const [error] = first.errors;
  if (error !== undefined) return { error: error.message };
  try {
    // What YAML gives is JSON, but for keys that are no text, which JSON makes text of.
    return {
      content: JSON.parse(JSON.stringify(first.toJS({ maxAliasCount: 100 }) ?? null)) as ManifestValue,
    };
  } catch (problem) {
    return { error: problem instanceof Error ? problem.message : String(problem) };
  }
}
