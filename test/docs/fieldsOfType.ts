import { readFileSync } from 'node:fs';

const TYPES = new URL('../../node_modules/@kubernetes-models/', import.meta.url);

/** The types that a type uses, of its own package. */
const IMPORT = /^import \{ (?<name>\w+) \} from "(?<file>\.[^"]*)\.js";$/gm;
const INTERFACE = /^export interface [^{]*\{\n(?<body>.*?)^\}/ms;
const FIELD = /^ {4}"(?<name>[^"]+)"\??: (?<type>.*)$/gm;
const LIST = /^export type \w+ = (?<type>Array<.*>);$/m;

/** A field's type: whether it is a list, and where the fields below it are told. */
interface Below {
  readonly list: boolean;
  readonly file: URL | null;
}

/**
 * Every field of a type of @kubernetes-models, such as `spec.source.helm.parameters[].name`,
 * each before those below it. A type that holds itself is opened once.
 * @param type where it stands, such as `argo-cd/argoproj.io/v1alpha1/Application`.
 */
export function fieldsOfType(type: string): string[] {
  return fieldsIn(new URL(`${type}.d.ts`, TYPES), '', []);
}

function fieldsIn(file: URL, prefix: string, above: readonly string[]): string[] {
  if (above.includes(file.href)) return [];
  const text = readFileSync(file, 'utf8');
  const body = INTERFACE.exec(text)?.groups?.['body'] ?? '';
  return [...body.matchAll(FIELD)].flatMap(({ groups }) => {
    const { list, file: below } = belowOf(groups?.['type'] ?? '', { file, text });
    const field = `${prefix}${groups?.['name']}${list ? '[]' : ''}`;
    return [field, ...(below === null ? [] : fieldsIn(below, `${field}.`, [...above, file.href]))];
  });
}

function belowOf(type: string, within: { readonly file: URL; readonly text: string }): Below {
  const imported = [...within.text.matchAll(IMPORT)].find(({ groups }) =>
    new RegExp(`\\b${groups?.['name']}\\b`).test(type),
  )?.groups;
  const list = type.startsWith('Array<');
  if (imported === undefined) return { list, file: null };
  const file = new URL(`${imported['file']}.d.ts`, within.file);
  // Some lists have a name of their own.
  const text = readFileSync(file, 'utf8');
  const alias = LIST.exec(text)?.groups?.['type'];
  return alias === undefined ? { list, file } : belowOf(alias, { file, text });
}
