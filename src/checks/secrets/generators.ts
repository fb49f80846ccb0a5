import path from 'node:path';
import type { Document, Node } from 'yaml';
import type { SourceViolation } from '../../model/finding.ts';
import type { ResourceId } from '../../model/resource.ts';
import { field, items, linesOf, type SourceFile, textField, textOf } from '../../model/sourceFile.ts';
import { isEncryptedFile, isPlainValue } from './plainValue.ts';

/** Reads a file of the commit; null where there is none. */
export type ReadFile = (path: string) => Promise<Uint8Array | null>;

/** Values that a kustomization's `secretGenerator` takes from itself or from committed files. */
export async function generatorSecrets(
  file: SourceFile,
  document: Document,
  read: ReadFile,
): Promise<SourceViolation[]> {
  const generators = items(document, field(document, document.contents, 'secretGenerator'));
  const found = await Promise.all(
    generators.map(async (generator) => [
      ...plainLiterals(file, document, generator),
      ...(await plainFiles(file, document, { generator, read })),
    ]),
  );
  return found.flat();
}

function plainLiterals(file: SourceFile, document: Document, generator: Node): SourceViolation[] {
  return items(document, field(document, generator, 'literals')).flatMap((literal) => {
    const text = textOf(document, literal) ?? '';
    const split = text.indexOf('=');
    const value = text.slice(split + 1).replace(/^(['"])(.*)\1$/s, '$2');
    if (split < 0 || !isPlainValue(value)) return [];
    const resource = identify(document, generator);
    return [
      {
        rule: 'secret/generator-literal',
        severity: 'error' as const,
        message: `secretGenerator ${resource.name} has a committed value: ${text.slice(0, split)}; rotate it, and generate from an encrypted file`,
        fieldPath: null,
        resource,
        location: linesOf(file, literal),
      },
    ];
  });
}

async function plainFiles(
  file: SourceFile,
  document: Document,
  { generator, read }: { generator: Node; read: ReadFile },
): Promise<SourceViolation[]> {
  const env = field(document, generator, 'env');
  const named = ['files', 'envs'].flatMap((name) => items(document, field(document, generator, name)));
  const entries = env === undefined ? named : [...named, env];
  const found = await Promise.all(
    entries.map(async (entry) => {
      const text = textOf(document, entry) ?? '';
      const name = path.posix.join(path.posix.dirname(file.path), text.slice(text.indexOf('=') + 1));
      if (!(await isPlainFile(name, read))) return [];
      const resource = identify(document, generator);
      return [
        {
          rule: 'secret/generator-file',
          severity: 'error' as const,
          message: `secretGenerator ${resource.name} reads ${name}, which is committed in plain; rotate what is in it, and encrypt it`,
          fieldPath: null,
          resource,
          location: linesOf(file, entry),
        },
      ];
    }),
  );
  return found.flat();
}

async function isPlainFile(name: string, read: ReadFile): Promise<boolean> {
  const bytes = await read(name);
  if (bytes === null) return false;
  const text = new TextDecoder().decode(bytes);
  return text.trim() !== '' && !isEncryptedFile(text);
}

function identify(document: Document, generator: Node): ResourceId {
  return {
    group: '',
    version: 'v1',
    kind: 'Secret',
    namespace: textField(document, generator, 'namespace') ?? null,
    name: textField(document, generator, 'name') ?? '',
  };
}
