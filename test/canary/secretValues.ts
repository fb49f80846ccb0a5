import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { TestFiles } from '../helpers/repository.ts';

interface SecretValue {
  readonly file: string;
  readonly value: string;
}

/**
 * Every value of a Secret in the YAML files of a folder: of Secrets at any depth and in
 * inline patches, and of what generates Secrets, from literals and files.
 */
export function secretValues(files: TestFiles): SecretValue[] {
  return Object.entries(files).flatMap(([file, content]) => {
    if (!(content instanceof Uint8Array) || !/\.ya?ml$/.test(file)) return [];
    const text = Buffer.from(content).toString('utf8');
    const documents = parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent' }).map((one): unknown =>
      one.toJS(),
    );
    return documents
      .flatMap((document) => valuesIn(document, { file, files }))
      .map((value) => ({ file, value }));
  });
}

interface Place {
  readonly file: string;
  readonly files: TestFiles;
}

function valuesIn(node: unknown, place: Place): string[] {
  if (typeof node === 'string' && node.includes('\n')) {
    return parseAllDocuments(node).flatMap((inner) => {
      const value: unknown = inner.errors.length > 0 ? null : inner.toJS();
      return typeof value === 'string' ? [] : valuesIn(value, place);
    });
  }
  if (Array.isArray(node)) return node.flatMap((item) => valuesIn(item, place));
  if (!isObject(node)) return [];
  const own = [];
  if (node['kind'] === 'Secret') own.push(...scalars(node['data']), ...scalars(node['stringData']));
  const generators = node['kind'] === 'SecretGenerator' ? [node] : node['secretGenerator'];
  if (Array.isArray(generators)) own.push(...generators.flatMap((one) => generated(one, place)));
  return [...own, ...Object.values(node).flatMap((value) => valuesIn(value, place))];
}

function generated(generator: unknown, { file, files }: Place): string[] {
  if (!isObject(generator)) return [];
  const literals = scalars(generator['literals']).map((literal) => literal.slice(literal.indexOf('=') + 1));
  const read = (entry: string) => {
    const name = path.posix.join(path.posix.dirname(file), entry.slice(entry.indexOf('=') + 1));
    const content = files[name];
    return content instanceof Uint8Array ? [Buffer.from(content).toString('latin1')] : [];
  };
  const lines = scalars(generator['envs'])
    .flatMap(read)
    .flatMap((text) => text.split('\n').filter((line) => /^[^#]*=./.test(line)));
  return [...literals, ...lines, ...scalars(generator['files']).flatMap(read)];
}

function scalars(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(scalars);
  if (isObject(node)) return Object.values(node).flatMap(scalars);
  return node === null || node === undefined ? [] : [typeof node === 'string' ? node : JSON.stringify(node)];
}

function isObject(node: unknown): node is Readonly<Record<string, unknown>> {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}
