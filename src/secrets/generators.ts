import path from 'node:path';
import type { Document, Node } from 'yaml';
import { decodeText } from '../dialects/decodeText.ts';
import { field, items, linesOf, textField, textOf } from '../dialects/sourceFile.ts';
import type { Redacted } from '../model/redacted.ts';
import type { ResourceId } from '../model/resource.ts';
import { canBeRead, shownKey } from '../model/secretValue.ts';
import { type CommittedValue, type Search, type SecretViolation, secretId } from './committed.ts';
import { isHarmless } from './harmless.ts';
import { sopsVariables, type Variable } from './sopsVariables.ts';

/**
 * Values that a kustomization's `secretGenerator`, or a generator in a file of its own, takes
 * from itself or from committed files.
 */
export async function generatorSecrets(document: Document, search: Search): Promise<SecretViolation[]> {
  const root = document.contents;
  const own = textField(root, 'kind') === 'SecretGenerator' && root !== null ? [root] : [];
  const generators = [...own, ...items(field(root, 'secretGenerator'))];
  const found = await Promise.all(
    generators.map(async (generator) => [
      ...plainLiterals(generator, search),
      ...(await plainFiles(generator, search)),
    ]),
  );
  return found.flat();
}

function plainLiterals(generator: Node, { file, redactor }: Search): SecretViolation[] {
  return items(field(generator, 'literals')).flatMap((literal) => {
    const text = textOf(literal) ?? '';
    const split = text.indexOf('=');
    const value = redactor.redact(unquoted(text.slice(split + 1)));
    if (split < 0 || !canBeRead(value.class)) return [];
    const resource = identify(generator);
    const key = shownKey(text.slice(0, split));
    if (isHarmless({ key, class: value.class, text: unquoted(text.slice(split + 1)) })) return [];
    const about = { generator: resource.name, key };
    return [
      {
        rule: 'secret/generator-literal',
        severity: 'error' as const,
        message: hasValue(about),
        about,
        fieldPath: null,
        resource,
        location: linesOf(file, literal),
        values: [{ key, value }],
      },
    ];
  });
}

function unquoted(text: string): string {
  return text.replace(/^(['"])(.*)\1$/s, '$2');
}

function hasValue({ generator, key }: { readonly generator: string; readonly key: string }): string {
  return `${generatorNamed(generator)} has a committed value: ${key}; rotate it, and generate from an encrypted file`;
}

async function plainFiles(generator: Node, search: Search): Promise<SecretViolation[]> {
  const env = field(generator, 'env');
  const entries = [
    ...items(field(generator, 'files')).map((entry) => ({ entry, variables: false })),
    ...items(field(generator, 'envs')).map((entry) => ({ entry, variables: true })),
    ...(env === undefined ? [] : [{ entry: env, variables: true }]),
  ];
  const found = await Promise.all(
    entries.map(async ({ entry, variables }) => {
      const text = textOf(entry) ?? '';
      const name = text.slice(text.indexOf('=') + 1);
      const where = path.posix.join(path.posix.dirname(search.file.path), name);
      const key = text.includes('=') ? text.slice(0, text.indexOf('=')) : path.posix.basename(name);
      const { values, halfEncrypted } = await plainContents(where, variables ? null : key, search);
      if (values.length === 0) return [];
      const resource = identify(generator);
      const plainKeys = halfEncrypted ? values.map((one) => one.key) : null;
      const about = { generator: resource.name, file: where, plainKeys };
      return [
        {
          rule: halfEncrypted ? 'secret/half-encrypted' : 'secret/generator-file',
          severity: 'error' as const,
          message: readsFile(about),
          about,
          fieldPath: null,
          resource,
          location: linesOf(search.file, entry),
          values,
        },
      ];
    }),
  );
  return found.flat();
}

/** @param about the names of what is in plain; null where all of the file is. */
function readsFile(about: {
  readonly generator: string;
  readonly file: string;
  readonly plainKeys: readonly string[] | null;
}): string {
  const what =
    about.plainKeys === null
      ? 'which is committed in plain; rotate what is in it, and encrypt it'
      : `which is only partly encrypted (${about.plainKeys.join(', ')}); rotate what is in plain, and encrypt it`;
  return `${generatorNamed(about.generator)} reads ${about.file}, ${what}`;
}

/** @param key null for a file of variables, each of which is a value. */
async function plainContents(
  where: string,
  key: string | null,
  { read, redactor }: Search,
): Promise<{ readonly values: readonly CommittedValue[]; readonly halfEncrypted: boolean }> {
  const bytes = await read(where);
  if (bytes === null) return { values: [], halfEncrypted: false };
  const whole = { key: shownKey(key ?? ''), value: redactor.redact(bytes) };
  const bySops = whole.value.class === 'encrypted' ? sopsVariables(decodeText(bytes)) : null;
  const halfEncrypted = bySops !== null;
  if (!halfEncrypted && !canBeRead(whole.value.class)) return { values: [], halfEncrypted };
  const isKept = (name: string, { class: one }: Redacted, text: string) =>
    canBeRead(one) && (halfEncrypted || !isHarmless({ key: name, class: one, text }));
  if (key !== null && bySops === null) {
    return { values: isKept(key, whole.value, decodeText(bytes)) ? [whole] : [], halfEncrypted };
  }
  const own = bySops ?? variablesOf(decodeText(bytes));
  const variables = own.map(([name, text]) => ({ name, text, value: redactor.redact(text) }));
  // What is no file of variables can be read all the same.
  if (variables.length === 0) return { values: halfEncrypted ? [] : [whole], halfEncrypted };
  const kept = variables.filter(({ name, text, value }) => isKept(name, value, text));
  return { values: kept.map(({ name, value }) => ({ key: shownKey(name), value })), halfEncrypted };
}

/** As kustomize reads them: a comment only at the start of a line, quotes are part of the value. */
function variablesOf(text: string): Variable[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trimStart())
    .filter((line) => line.includes('=') && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const);
}

function identify(generator: Node): ResourceId {
  const metadata = field(generator, 'metadata');
  const name = textField(generator, 'name') ?? textField(metadata, 'name') ?? '';
  return secretId(name, textField(generator, 'namespace') ?? null);
}

function generatorNamed(name: string): string {
  return name === '' ? 'A secretGenerator without a name' : `secretGenerator ${name}`;
}
