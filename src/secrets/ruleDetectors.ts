import { RE2JS } from 're2js';
import type { Credential } from './credential.ts';
import { type AllowedTexts, type CredentialRule, credentialRules } from './credentialRules.ts';
import { DOCKER_RULES } from './dockerRules.ts';
import { OWN_FILE_RULES } from './ownFileRules.ts';
import { OWN_RULES } from './ownRules.ts';

/**
 * Credentials in a text by the rules of gitleaks, and by those that are missing there. A rule is asked where one of its keywords stands, and of
 * the text around it alone; its expression runs by RE2, so that no text takes more than linear time.
 */
export function foundByRules(text: string): Credential[] {
  const small = text.replace(/[A-Z]+/g, (run) => run.toLowerCase());
  const { allowed, rules } = compiled();
  const known = new Map<string, number[]>();
  return rules.flatMap((rule) => {
    const places = rule.keywords
      .flatMap((keyword) => placesOf(keyword, small, known))
      .filter((at) => !rule.isAssigned || isAssigned(small, at));
    return windows(places, { length: text.length, behind: rule.behind }).flatMap((window) =>
      foundIn(text, window, { rule, allowed }),
    );
  });
}

/** How much of the text before and behind a keyword a rule is given. The longest keys have twelve thousand characters. */
const BEFORE = 100;
const BEHIND = 400;
const BEHIND_LONG = 16_384;

interface CompiledRule extends Pick<CredentialRule, 'id' | 'keywords'>, Pick<Credential, 'tool'> {
  readonly regex: () => RE2JS;
  readonly entropy: number;
  readonly secretGroup: number;
  readonly behind: number;
  /** True where its keywords are names, behind which a value has to be assigned. */
  readonly isAssigned: boolean;
  readonly allowed: () => readonly Allowed[];
  readonly decoded: (() => RE2JS) | null;
}

interface Allowed {
  readonly byMatch: boolean;
  readonly regexes: readonly RE2JS[];
  readonly stopwords: readonly string[];
}

let compiledRules: { readonly allowed: () => Allowed; readonly rules: readonly CompiledRule[] } | undefined;

function compiled(): NonNullable<typeof compiledRules> {
  if (compiledRules !== undefined) return compiledRules;
  const { allowed, rules } = credentialRules();
  compiledRules = {
    allowed: once(() => compiledAllowed(allowed)),
    rules: [
      ...rules.map((rule) => compiledRule(rule, 'gitleaks')),
      ...[...OWN_RULES, ...OWN_FILE_RULES, ...DOCKER_RULES].map((rule) => compiledRule(rule, 'hydrant')),
    ],
  };
  return compiledRules;
}

function compiledRule(
  { id, keywords, regex, entropy, secretGroup, allowed = [], decoded }: CredentialRule,
  tool: Credential['tool'],
): CompiledRule {
  return {
    id,
    tool,
    keywords: NARROWED.get(id) ?? keywords,
    // What stands in front of the name counts for nothing, and costs the most.
    regex: once(() => RE2JS.compile(regex.replace(/^\(\?i\)\[\\w\.-\]\{0,50\}\?/, '(?i)'))),
    entropy: entropy ?? 0,
    secretGroup: secretGroup ?? 0,
    behind: LONG.has(id) ? BEHIND_LONG : BEHIND,
    isAssigned: hasNames(regex, keywords),
    allowed: once(() => allowed.map(compiledAllowed)),
    decoded: decoded === undefined ? null : once(() => RE2JS.compile(decoded)),
  };
}

/** Most rules are never asked: an expression is compiled when it is first needed. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** How gitleaks' rules go on behind the name of a service. */
const BEHIND_NAME = String.raw`(?:[ \t\w.-]{0,20})[\s'"]{0,3}(?:=|>|:{1,3}=|\|\||:|=>|\?=|,)`;

/** True for a rule that knows a token by the name in front of it, and has no other way. */
function hasNames(regex: string, keywords: readonly string[]): boolean {
  const [names = '', ...rest] = regex.toLowerCase().split(BEHIND_NAME);
  return rest.length === 1 && !/\)\|/.test(rest[0] ?? '') && keywords.every((one) => names.includes(one));
}

/** The name may be longer than the keyword: `MailchimpSDK.initialize`. */
const ASSIGNMENT = /[\w.-][ \t\w.-]{0,60}[\s'"]{0,3}[=>:|?,]/y;

function isAssigned(text: string, at: number): boolean {
  ASSIGNMENT.lastIndex = at;
  return ASSIGNMENT.test(text);
}

/** The tokens of these are longer than a line. */
const LONG = new Set([
  'private-key',
  'jwt',
  'jwt-base64',
  'flyio-access-token',
  'putty-key',
  'json-web-key',
  'kubeconfig',
]);

/** A token of JSON begins with `{"`; `ey` alone stands in every `key`. */
const NARROWED = new Map([['jwt', ['eyj']]]);

function compiledAllowed({ regexTarget, regexes = [], stopwords = [] }: AllowedTexts): Allowed {
  return {
    byMatch: regexTarget !== undefined,
    regexes: regexes.map((regex) => RE2JS.compile(regex)),
    stopwords,
  };
}

function placesOf(keyword: string, text: string, known: Map<string, number[]>): number[] {
  const before = known.get(keyword);
  if (before !== undefined) return before;
  const places: number[] = [];
  for (let at = text.indexOf(keyword); at >= 0; at = text.indexOf(keyword, at + keyword.length)) {
    places.push(at);
  }
  known.set(keyword, places);
  return places;
}

interface Window {
  readonly start: number;
  end: number;
}

/** Parts of the text around the places, those that touch as one. */
function windows(
  places: readonly number[],
  { length, behind }: { length: number; behind: number },
): Window[] {
  const all: Window[] = [];
  for (const at of places.toSorted((one, other) => one - other)) {
    const [start, end] = [Math.max(at - BEFORE, 0), Math.min(at + behind, length)];
    const last = all.at(-1);
    if (last !== undefined && start <= last.end) last.end = end;
    else all.push({ start, end });
  }
  return all;
}

function foundIn(
  text: string,
  window: Window,
  { rule, allowed }: { readonly rule: CompiledRule; readonly allowed: () => Allowed },
): Credential[] {
  const part = text.slice(window.start, window.end);
  const matcher = rule.regex().matcher(part);
  const found: Credential[] = [];
  while (matcher.find()) {
    const group = secretGroup(rule, matcher);
    const start = matcher.start(group);
    const end =
      rule.decoded === null ? matcher.end(group) : endOfWord(text, window.start + start) - window.start;
    const secret = text.slice(window.start + start, window.start + end);
    if (rule.decoded !== null && !rule.decoded().matcher(inBase64(secret)).find()) continue;
    if (rule.entropy > 0 && entropyOf(secret) <= rule.entropy) continue;
    if ([allowed(), ...rule.allowed()].some((one) => allows(one, secret, matcher.group() ?? ''))) continue;
    found.push({
      start: window.start + start,
      end: window.start + end,
      detector: rule.id,
      tool: rule.tool,
    });
  }
  return found;
}

/** The end of a word of base64, which may be longer than what a rule is given. */
function endOfWord(text: string, start: number): number {
  WORD.lastIndex = start;
  return start + (WORD.exec(text)?.[0].length ?? 0);
}

const WORD = /[A-Za-z0-9+/]*={0,2}/y;

function inBase64(word: string): string {
  return Buffer.from(word, 'base64').toString('utf8');
}

/** As gitleaks takes it: https://github.com/gitleaks/gitleaks/blob/v8.30.1/detect/detect.go */
function secretGroup({ secretGroup: wanted }: CompiledRule, matcher: ReturnType<RE2JS['matcher']>): number {
  if (wanted > 0) return wanted;
  for (let group = 1; group <= matcher.groupCount(); group++) {
    if ((matcher.group(group) ?? '') !== '') return group;
  }
  return 0;
}

function allows({ byMatch, regexes, stopwords }: Allowed, secret: string, match: string): boolean {
  const target = byMatch ? match : secret;
  const small = secret.toLowerCase();
  return (
    regexes.some((regex) => regex.matcher(target).find()) || stopwords.some((word) => small.includes(word))
  );
}

/** Shannon's entropy in bits a character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
