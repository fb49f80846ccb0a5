import { entries, readDocuments, textOf } from '../dialects/sourceFile.ts';
import { append } from '../model/append.ts';
import type { Redactor } from '../model/redacted.ts';
import { canBeRead, shownKey } from '../model/secretValue.ts';
import {
  type CommittedValue,
  keysOf,
  type SecretKeys,
  type SecretViolation,
  secretId,
  secretNamed,
  sentence,
  WAY_OUT,
} from './committed.ts';
import { isHarmless } from './harmless.ts';

/**
 * Finds Secrets in a text that is no YAML, line by line: in a chart's template before it is rendered, whose
 * branches the values may switch off, and in a file that is broken. Values that a template makes are left
 * to what it renders.
 */
export function secretsAsText(path: string, text: string, redactor: Redactor): SecretViolation[] {
  const lines = text.split(/\r?\n/);
  return documentsIn(lines).flatMap(([from, to]) => {
    if (!lines.slice(from, to).some((line) => KIND.test(line))) return [];
    const values = valuesIn(lines, [from, to]).flatMap((one) => readable(one, redactor));
    const [first] = values;
    if (first === undefined) return [];
    const name = nameIn(lines.slice(from, to));
    const about = { secret: name, keys: keysOf(values), isText: true };
    const location = ({ line }: Pick<FoundLine, 'line'>) => ({
      path,
      startLine: line + 1,
      endLine: line + 1,
    });
    return [
      {
        rule: 'secret/plain-secret',
        severity: 'error' as const,
        message: isWritten(about),
        about,
        fieldPath: null,
        resource: secretId(name),
        location: location(first),
        covers: values.map(location),
        values: values.map(({ key, value }) => ({ key, value })),
      },
    ];
  });
}

const KIND = /^\s*["']?kind["']?\s*:\s*["']?Secret["']?\s*(?:#.*)?$/;
const DATA = /^(\s*)["']?(data|stringData)["']?\s*:\s*(.*)$/;
const ENTRY = /^(\s*)["']?([\w.-]{1,253})["']?\s*:\s*(.*)$/;
const ACTION = /^\s*\{\{.*\}\}\s*$/;

function isWritten({ secret, keys }: SecretKeys): string {
  return sentence(
    `${secretNamed(secret)} is written in plain into this text: ${keys.join(', ')}; ${WAY_OUT}`,
  );
}

interface FoundLine {
  /** From 0. */
  readonly line: number;
  readonly name: string;
  readonly text: string;
  readonly encoded: boolean;
}

function readable(
  { line, name, text, encoded }: FoundLine,
  redactor: Redactor,
): (CommittedValue & Pick<FoundLine, 'line'>)[] {
  if (text.includes('{{')) return [];
  const value = redactor.redact(text, encoded);
  const isKept = canBeRead(value.class) && !isHarmless({ key: name, class: value.class, text, encoded });
  return isKept ? [{ line, key: shownKey(name), value }] : [];
}

function documentsIn(lines: readonly string[]): [from: number, to: number][] {
  const starts = [0, ...lines.flatMap((line, index) => (/^---(?:\s|$)/.test(line) ? [index + 1] : []))];
  return starts.map((from, index) => [from, starts[index + 1] ?? lines.length]);
}

function nameIn(lines: readonly string[]): string {
  const at = lines.findIndex((line) => /^\s*metadata\s*:/.test(line));
  const named = /^\s*name\s*:\s*["']?([a-z0-9.-]+)["']?\s*$/;
  return named.exec(lines.slice(at + 1).find((line) => named.test(line)) ?? '')?.[1] ?? '';
}

function valuesIn(lines: readonly string[], [from, to]: readonly [number, number]): FoundLine[] {
  const found: FoundLine[] = [];
  for (let line = from; line < to; line++) {
    const [, indent, field, rest = ''] = DATA.exec(lines[line] ?? '') ?? [];
    if (indent === undefined) continue;
    const encoded = field === 'data';
    if (rest.startsWith('{') && !rest.startsWith('{{')) append(found, inFlow(rest, { line, encoded }));
    else
      found.push(
        ...inBlock(lines, { from: line + 1, to, indent: indent.length }).map((one) => ({ ...one, encoded })),
      );
  }
  return found;
}

function inFlow(text: string, at: Pick<FoundLine, 'line' | 'encoded'>): FoundLine[] {
  return readDocuments('', text).documents.flatMap(({ contents }) =>
    entries(contents).map(({ key, value }) => ({ ...at, name: key, text: textOf(value) ?? '' })),
  );
}

/** The entries below a field, up to a line that stands further left. */
function inBlock(
  lines: readonly string[],
  { from, to, indent }: { readonly from: number; readonly to: number; readonly indent: number },
): Omit<FoundLine, 'encoded'>[] {
  const found: Omit<FoundLine, 'encoded'>[] = [];
  let inner: number | null = null;
  for (let line = from; line < to; line++) {
    const text = lines[line] ?? '';
    if (text.trim() === '' || ACTION.test(text)) continue;
    const depth = text.search(/\S/);
    if (depth <= indent) break;
    const [, , name, value = ''] = ENTRY.exec(text) ?? [];
    inner ??= depth;
    if (depth !== inner || name === undefined) continue;
    const isBlock = /^[|>][-+]?\d?\s*(?:#.*)?$/.test(value);
    found.push({
      line,
      name,
      text: isBlock ? deeper(lines, { from: line + 1, to, indent: depth }) : bare(value),
    });
  }
  return found;
}

function deeper(
  lines: readonly string[],
  { from, to, indent }: { readonly from: number; readonly to: number; readonly indent: number },
): string {
  const rest = lines.slice(from, to);
  const end = rest.findIndex((line) => line.trim() !== '' && line.search(/\S/) <= indent);
  return rest
    .slice(0, end < 0 ? undefined : end)
    .map((line) => line.trim())
    .join('\n');
}

/** Without quotes, tag and comment. */
function bare(value: string): string {
  const text = value.replace(/^!!?\w*\s+/, '').trim();
  const quoted = /^(["'])(.*)\1\s*(?:#.*)?$/.exec(text);
  return quoted?.[2] ?? text.replace(/(?:^|\s)#.*$/, '').trim();
}
