import { decodeText } from '../dialects/decodeText.ts';
import { readDocuments, textField } from '../dialects/sourceFile.ts';
import type { Redactor } from '../model/redacted.ts';
import type { ReadFile, SecretViolation } from './committed.ts';
import { generatorSecrets } from './generators.ts';
import { patchSecrets } from './patches.ts';
import { plainSecrets } from './secretDocument.ts';
import { halfEncrypted } from './sops.ts';

/** What was found in a file, and whether it could be read at all. */
export interface SecretSearch {
  readonly violations: readonly SecretViolation[];
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
  readonly redactor: Redactor;
}): Promise<SecretSearch> {
  const { path, bytes, read, redactor } = source;
  const text = decodeText(bytes);
  if (!/secret|stringData|sops/i.test(text)) return NOTHING;
  const file = readDocuments(path, text);
  if (file.brokenLine !== null) {
    const { brokenLine: line, excess } = file;
    return unparsable(path, text, { line, reason: excess?.reason ?? `line ${line} is not valid YAML` });
  }
  const search = { file, read, redactor };
  const found = await Promise.all(
    file.documents.map(async (document) => [
      ...plainSecrets(file, document, { node: document.contents, redactor }),
      ...(textField(document.contents, 'kind') === 'Secret' ? [] : halfEncrypted(file, document, redactor)),
      ...(await generatorSecrets(document, search)),
      ...(await patchSecrets(document, search)),
    ]),
  );
  return { violations: found.flat(), unparsable: null };
}

function unparsable(path: string, text: string, why: NonNullable<SecretSearch['unparsable']>): SecretSearch {
  const speaksOfSecrets = /["']?kind["']?\s*:\s*["']?Secret\b|secretGenerator/.test(text);
  // A chart's template is no YAML before it is rendered, and is judged by what it renders.
  const isTemplate = /(?:^|\/)templates\//.test(path) && text.includes('{{');
  if (!speaksOfSecrets || isTemplate) return NOTHING;
  return { violations: [], unparsable: why };
}
