import { decodeText } from '../dialects/decodeText.ts';
import { readDocuments, textField } from '../dialects/sourceFile.ts';
import type { Redactor } from '../model/redacted.ts';
import { isManifestFile } from '../model/reviewedFiles.ts';
import { chartValues } from './chartValues.ts';
import type { ReadFile, SecretViolation } from './committed.ts';
import { embeddedSecrets } from './embeddedSecrets.ts';
import { generatorSecrets } from './generators.ts';
import { patchSecrets } from './patches.ts';
import { plainSecrets } from './secretDocument.ts';
import { secretsAsText } from './secretsAsText.ts';
import { halfEncrypted } from './sops.ts';

/** What was found in a file, and whether it could be read at all. */
export interface SecretSearch {
  readonly violations: readonly SecretViolation[];
  /** The file speaks of Secrets, but is no YAML: nobody may take it for searched. */
  readonly unparsable: { readonly line: number; readonly reason: string } | null;
}

/** Words, one of which stands in every file in which something may be found. */
const TELLING = /secret|stringData|sops|auths|users|kyverno|HelmRelease|HelmChart|argoproj/i;

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
  if (!TELLING.test(text)) return NOTHING;
  const file = readDocuments(path, text);
  if (file.brokenLine !== null) {
    const { brokenLine: line, excess } = file;
    const reason = excess?.reason ?? `line ${line} is not valid YAML`;
    // In other files, such as a guide or a script, a Secret is an example or filled in by a shell.
    const violations = isManifestFile(path) ? secretsAsText(path, text, redactor) : [];
    return { violations, unparsable: unparsable(path, text, { line, reason }) };
  }
  const search = { file, read, redactor };
  const found = await Promise.all(
    file.documents.map(async (document) => {
      const own: SecretViolation[] = [
        ...plainSecrets(file, document, { node: document.contents, redactor }),
        ...(textField(document.contents, 'kind') === 'Secret' ? [] : halfEncrypted(file, document, redactor)),
        ...(await generatorSecrets(document, search)),
        ...(await patchSecrets(document, search)),
      ];
      const further = [
        ...embeddedSecrets(file, document, redactor),
        ...chartValues(file, document.contents, redactor),
      ];
      for (const one of further) if (!isTold(one, own)) own.push(one);
      return own;
    }),
  );
  return { violations: found.flat(), unparsable: null };
}

/** A Secret may be found as a part of another object and by what that object is for, such as a patch. */
function isTold(one: SecretViolation, found: readonly SecretViolation[]): boolean {
  return found.some(({ location, values }) => {
    const overlap = location.startLine <= one.location.endLine && one.location.startLine <= location.endLine;
    if (!overlap) return false;
    const known = new Set(values.map(({ value }) => value.identity()));
    return one.values.every(({ value }) => known.has(value.identity()));
  });
}

function unparsable(
  path: string,
  text: string,
  why: NonNullable<SecretSearch['unparsable']>,
): SecretSearch['unparsable'] {
  const speaksOfSecrets = /["']?kind["']?\s*:\s*["']?Secret\b|secretGenerator/.test(text);
  // A chart's template is no YAML before it is rendered, and is judged by what it renders as well.
  const isTemplate = /(?:^|\/)templates\//.test(path) && text.includes('{{');
  return speaksOfSecrets && !isTemplate ? why : null;
}
