import type { SourceViolation } from '../../model/finding.ts';
import { readDocuments } from '../../model/sourceFile.ts';
import { generatorSecrets, type ReadFile } from './generators.ts';
import { patchSecrets } from './patches.ts';
import { plainSecrets } from './secretDocument.ts';

/** What was found in a file, and whether it could be read at all. */
export interface SecretSearch {
  readonly violations: readonly SourceViolation[];
  /** The file speaks of Secrets, but is no YAML: nobody may take it for searched. */
  readonly unparsable: { readonly line: number; readonly reason: string } | null;
}

const NOTHING: SecretSearch = { violations: [], unparsable: null };

/**
 * Finds plain Secrets in one YAML or JSON file of a commit: Secrets in any document, in
 * Lists and in patches, and a kustomization's generators with the files that they read.
 * SealedSecret, ExternalSecret, SOPS-encrypted values, empty values and placeholders that
 * an operator fills in are fine. No value ever stands in the result.
 */
export async function findSecretsInFile(source: {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly read: ReadFile;
}): Promise<SecretSearch> {
  const text = new TextDecoder().decode(source.bytes);
  if (!/secret/i.test(text)) return NOTHING;
  const file = readDocuments(source.path, text);
  if (file.brokenLine !== null) return unparsable(source.path, text, file.brokenLine);
  const found = await Promise.all(
    file.documents.map(async (document) => [
      ...plainSecrets(file, document, document.contents),
      ...(await generatorSecrets(file, document, source.read)),
      ...(await patchSecrets(file, document, source.read)),
    ]),
  );
  return { violations: found.flat(), unparsable: null };
}

function unparsable(path: string, text: string, line: number): SecretSearch {
  const speaksOfSecrets = /["']?kind["']?\s*:\s*["']?Secret\b|secretGenerator/.test(text);
  // A chart's template is no YAML before it is rendered, and is judged by what it renders.
  const isTemplate = /(?:^|\/)templates\//.test(path) && text.includes('{{');
  if (!speaksOfSecrets || isTemplate) return NOTHING;
  return { violations: [], unparsable: { line, reason: `line ${line} is not valid YAML` } };
}
