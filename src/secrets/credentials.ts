import { LineCounter, type Node } from 'yaml';
import { entries, field, items, linesOf, readDocuments, textField, textOf } from '../dialects/sourceFile.ts';
import { append } from '../model/append.ts';
import type { Redacted, Redactor } from '../model/redacted.ts';
import { isManifestFile } from '../model/reviewedFiles.ts';
import { canBeRead } from '../model/secretValue.ts';
import { type SecretViolation, WAY_OUT } from './committed.ts';
import type { Credential } from './credential.ts';
import { credentialsIn } from './detectors.ts';
import { LOGIN_IN_BASE64 } from './dockerRules.ts';
import { credentialsInNamed, nameBeside } from './namedTexts.ts';

/** The credentials that stand in a file. */
export async function findCredentials(
  path: string,
  text: string,
  redactor: Redactor,
): Promise<SecretViolation[]> {
  const found = await credentialsIn(text);
  if (found.length === 0) return [];
  const lines = linesIn(text);
  return found.flatMap((one) => {
    const value = credentialValue(one, text, redactor);
    if (!canBeRead(value.class)) return [];
    return [
      {
        ...credentialViolation(one),
        fieldPath: null,
        resource: null,
        location: {
          path,
          startLine: lines.linePos(one.start).line,
          endLine: lines.linePos(one.end - 1).line,
        },
        values: [{ key: one.detector, value }],
      },
    ];
  });
}

function linesIn(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
}

/** Credentials that are known by a name that stands beside them, as in an entry of `env`. */
export async function findNamedCredentials(
  path: string,
  text: string,
  redactor: Redactor,
): Promise<SecretViolation[]> {
  if (!isManifestFile(path)) return [];
  const file = readDocuments(path, text);
  const named = file.documents.flatMap((document) => textsBeside(document.contents));
  if (named.length === 0) return [];
  const found = await credentialsInNamed(named);
  return named.flatMap(({ node, text: content }, index) =>
    (found[index] ?? []).flatMap((one) => {
      const value = credentialValue(one, content, redactor);
      if (!canBeRead(value.class)) return [];
      return [
        {
          ...credentialViolation(one),
          fieldPath: null,
          resource: null,
          location: linesOf(file, node),
          values: [{ key: one.detector, value }],
        },
      ];
    }),
  );
}

/** Texts with their names beside them, or in front of them in a list of arguments. */
function textsBeside(
  root: Node | null,
): { readonly name: string; readonly text: string; readonly node: Node }[] {
  const found: { name: string; text: string; node: Node }[] = [];
  const left: (Node | null | undefined)[] = [root];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (node === null) continue;
    const name = nameBeside((one) => textField(node, one));
    const value = name === undefined ? undefined : field(node, 'value');
    const text = textOf(value);
    if (name !== undefined && value !== undefined && text !== undefined)
      found.push({ name, text, node: value });
    const list = items(node);
    for (const [index, item] of list.entries()) {
      const flag = textOf(list[index - 1]) ?? '';
      const argument = textOf(item);
      if (argument !== undefined && /^--[^=]+$/.test(flag))
        found.push({ name: flag, text: argument, node: item });
    }
    append(left, list);
    for (const { value: inner } of entries(node)) left.push(inner ?? null);
  }
  return found;
}

/** The value of a credential that was found in a text. A login in base64 is the one that the fields of a Docker configuration tell. */
export function credentialValue(
  { start, end, detector }: Pick<Credential, 'start' | 'end' | 'detector'>,
  text: string,
  redactor: Redactor,
): Redacted {
  return redactor.redact(bare(text.slice(start, end)), detector === LOGIN_IN_BASE64);
}

/**
 * What of a found text is the credential itself, wherever it stands: the password of an address, since what
 * stands behind it is another text in each file, and a text of several lines without their indents.
 */
function bare(found: string): string {
  const password = /:\/\/[^:@/\s]*:([^@/\s]+)@/.exec(found)?.[1];
  return password ?? found.replace(/\r?\n[ \t]*/g, '\n').replace(/^["']|["'\s]+$/g, '');
}

/** Says that something is a credential, without it. */
export function credentialViolation({ detector, tool }: Pick<Credential, 'detector' | 'tool'>) {
  const about = { detector, tool };
  return {
    rule: 'secret/credential',
    severity: 'error' as const,
    message: isCredential(about),
    about,
  };
}

function isCredential({ detector, tool }: Pick<Credential, 'detector' | 'tool'>): string {
  return `A credential is committed in plain, as its form tells (${tool}: ${detector}); ${WAY_OUT}`;
}
