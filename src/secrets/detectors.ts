import type { Credential } from './credential.ts';
import { foundByRules } from './ruleDetectors.ts';
import { foundBySecretlint } from './secretlintDetectors.ts';

/**
 * Credentials in a text, by secretlint's recommended rules and those of gitleaks: keys of clouds and
 * services, private keys, passwords in addresses. Placeholders and obvious examples are none. What is in
 * base64 is searched as well.
 * @param depth how often it may be encoded.
 */
export async function credentialsIn(text: string, depth = 3): Promise<Credential[]> {
  const found = [...(await foundBySecretlint(text)), ...foundByRules(text)].filter(
    ({ start, end }) => !isExample(text.slice(start, end)),
  );
  return apart(depth === 0 ? found : [...found, ...(await encodedIn(text, depth))]);
}

/** Two detectors may know the same: what they find counts once, and secretlint's place. */
function apart(found: readonly Credential[]): Credential[] {
  const sorted = found.toSorted(
    (one, other) =>
      one.start - other.start ||
      Number(other.tool === 'secretlint') - Number(one.tool === 'secretlint') ||
      other.end - one.end,
  );
  const all: Credential[] = [];
  for (const one of sorted) {
    const last = all.at(-1);
    if (last === undefined || one.start >= last.end) all.push(one);
    else if (last.tool !== 'secretlint' && one.tool === 'secretlint') all[all.length - 1] = one;
    else if (one.end > last.end && one.tool !== 'secretlint') all[all.length - 1] = { ...last, end: one.end };
  }
  return all;
}

/** Long words of base64, which may go on in the next lines. */
const ENCODED = /[A-Za-z0-9+/]{24,}={0,2}(?:\r?\n[ \t]*[A-Za-z0-9+/]{4,}={0,2}(?![^\s"']))*/g;

/** Words of base64 that have a credential: each is one as a whole. */
async function encodedIn(text: string, depth: number): Promise<Credential[]> {
  const words: {
    readonly start: number;
    readonly end: number;
    readonly from: number;
    readonly to: number;
  }[] = [];
  const contents: string[] = [];
  let length = 0;
  for (const { 0: word, index } of text.matchAll(ENCODED)) {
    const content = textIn(word);
    if (content === null) continue;
    words.push({ start: index, end: index + word.length, from: length, to: length + content.length });
    contents.push(content);
    length += content.length + BETWEEN.length;
  }
  if (words.length === 0) return [];
  const inside = await credentialsIn(contents.join(BETWEEN), depth - 1);
  let at = 0;
  return words.flatMap(({ start, end, from, to }) => {
    while (inside[at] !== undefined && (inside[at]?.end ?? 0) <= from) at++;
    const first = inside[at];
    return first !== undefined && first.start >= from && first.end <= to
      ? [{ start, end, detector: first.detector, tool: first.tool }]
      : [];
  });
}

const BETWEEN = '\n\n';

/** What a word of base64 holds, if that is a text. */
function textIn(word: string): string | null {
  const bytes = Buffer.from(word, 'base64');
  // Most words hold none, as their first bytes tell.
  if (bytes.subarray(0, 16).some((byte) => isControl(byte) || byte > 126)) return null;
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? null : text;
}

function isControl(byte: number): boolean {
  return byte < 32 && byte !== 9 && byte !== 10 && byte !== 13;
}

/** What a template makes, or a person fills in; documented values. */
function isExample(found: string): boolean {
  if (
    /\$[({]|\{\{|<[^<>]+>|__[A-Z][A-Z0-9_]*__|%[A-Z_]+%|@@\w+@@|@[A-Z][A-Z0-9_]+@(?!\w)|#\{[\w.-]+\}|\[\[ ?[\w.-]+ ?\]\]/.test(
      found,
    )
  )
    return true;
  if (/EXAMPLE(?:KEY)?$/.test(found)) return true;
  const login = /^[\w+/]{8,}={0,2}$/.test(found) ? (textIn(found) ?? '') : '';
  if (/^[^\s:]+:\S+$/.test(login)) return isExample(`://${login}@`);
  const password = /:\/\/[^:@/\s]*:([^@/\s]*)@/.exec(found)?.[1];
  return EXAMPLE_PASSWORD.test(password ?? found);
}

/** A password that says that it is one, or that is filled in. */
const EXAMPLE_PASSWORD =
  /^(?:|pass(?:word|wd|phrase)?|pwd|pw|secret|token|x{3,}|\*+|\.+|changeme|change-me|example|your.*|my.*password|\$\w+|\{\w+\})$/i;
