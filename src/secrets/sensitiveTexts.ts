import { isCredentialName } from '../model/credentialName.ts';
import { type FieldPath, isObject, type ManifestValue } from '../model/manifest.ts';
import { REDACTED_TEXT, Redacted, type Redactor } from '../model/redacted.ts';
import type { Credential } from './credential.ts';
import { credentialsInNamed, nameBeside } from './namedTexts.ts';
import { operatorLiterals } from './operatorLiterals.ts';
import { sensitiveValue } from './sensitiveLiteral.ts';
import { VALUES } from './textTree.ts';

/** A text of a rendered resource, with the parts of it that are credentials. */
export interface SensitiveText {
  readonly path: FieldPath;
  /** What it stands at: the name of its field, or the one beside it. */
  readonly name: string;
  /** With some of it hidden already, or not. */
  readonly value: string | Redacted;
  readonly parts: readonly SensitivePart[];
}

export interface SensitivePart extends Credential {
  /** The object that an operator makes a Secret of, where that makes it one. */
  readonly within?: string;
}

/**
 * All texts of a rendered resource, with what of them is sensitive: by its form, by its name, or because an
 * operator makes a Secret of it. This is the one place that tells.
 */
export async function sensitiveTexts(
  manifest: ManifestValue,
  redactor: Redactor,
): Promise<readonly SensitiveText[]> {
  const texts: NamedValue[] = [];
  const literals = new Map<string, SensitivePart>();
  collect(manifest, [], { texts, literals, redactor });
  const found = await credentialsInNamed(texts.map(({ name, value }) => ({ name, text: String(value) })));
  return texts.map(({ path, name, value }, index) => {
    const literal = literals.get(JSON.stringify(path));
    return { path, name, value, parts: literal === undefined ? (found[index] ?? []) : [literal] };
  });
}

type NamedValue = Pick<SensitiveText, 'path' | 'name' | 'value'>;

interface Collected {
  readonly texts: NamedValue[];
  /** By path. */
  readonly literals: Map<string, SensitivePart>;
  readonly redactor: Redactor;
}

function collect(value: ManifestValue, path: FieldPath, into: Collected): void {
  if (typeof value === 'string' || value instanceof Redacted)
    add(value, { path, name: lastName(path) }, into);
  else if (typeof value === 'number') addNumber(value, path, into);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const flag = flagBefore(value, index);
      if (flag !== '' && typeof item === 'string') add(item, { path: [...path, index], name: flag }, into);
      else collect(item, [...path, index], into);
    }
  } else if (isObject(value)) {
    noteLiterals(value, path, into);
    const beside = nameBeside((name) => VALUES.text(VALUES.field(value, name)));
    for (const [name, item] of Object.entries(value)) {
      if (name === 'value' && typeof item === 'string' && beside !== undefined)
        add(item, { path: [...path, name], name: beside }, into);
      else collect(item, [...path, name], into);
    }
  }
}

function add(
  value: string | Redacted,
  { path, name }: Pick<NamedValue, 'path' | 'name'>,
  { texts }: Collected,
): void {
  if (String(value) !== REDACTED_TEXT) texts.push({ path, name, value });
}

/** A password may be written as a number. */
function addNumber(value: number, path: FieldPath, into: Collected): void {
  const name = lastName(path);
  if (isCredentialName(name)) add(String(value), { path, name }, into);
}

function lastName(path: FieldPath): string {
  return String(path.findLast((step) => typeof step === 'string') ?? '');
}

/** `--password` of `[--password, hunter2]`. */
function flagBefore(items: readonly ManifestValue[], index: number): string {
  const before = items[index - 1];
  return typeof before === 'string' && before.startsWith('--') && !before.includes('=') ? before : '';
}

function noteLiterals(value: ManifestValue, path: FieldPath, { literals, redactor }: Collected): void {
  for (const literal of operatorLiterals(VALUES, value, path)) {
    const text = VALUES.text(literal.node) ?? '';
    if (sensitiveValue(literal, text, redactor) === null) continue;
    const { key, within } = literal;
    literals.set(JSON.stringify(literal.path), {
      start: 0,
      end: text.length,
      detector: key,
      tool: 'hydrant',
      within,
    });
  }
}
