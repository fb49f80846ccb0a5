// Regular expressions as Go has them (RE2: linear in the text, whatever the pattern).
import { RE2JS } from 're2js';

/** One match in a text. */
interface Match {
  readonly start: number;
  readonly end: number;
  /** The match, and what its groups hold. */
  readonly groups: readonly (string | null)[];
  /** The groups' numbers by their names. */
  readonly names: Readonly<Record<string, number>>;
}

/** The first matches, all of them for -1. */
export function findAll(pattern: string, text: string, count: number): (string | null | undefined)[] {
  const found = matches(pattern, text).map(({ groups }) => groups[0]);
  return count < 0 ? found : found.slice(0, count);
}

/** What stands between the matches. */
export function split(pattern: string, text: string): string[] {
  if (pattern !== '' && text === '') return [''];
  const parts: string[] = [];
  let begin = 0;
  let end = 0;
  for (const match of matches(pattern, text)) {
    end = match.start;
    if (match.end !== 0) parts.push(text.slice(begin, end));
    begin = match.end;
  }
  if (end !== text.length) parts.push(text.slice(begin));
  return parts;
}

/** The text with the template in place of each match; `$1` and `${name}` in it stand for groups. */
export function replaceAll(pattern: string, text: string, template: string): string {
  let result = '';
  let last = 0;
  for (const match of matches(pattern, text)) {
    result += text.slice(last, match.start) + expand(template, match);
    last = match.end;
  }
  return result + text.slice(last);
}

/** https://pkg.go.dev/regexp#Regexp.Expand */
function expand(template: string, { groups, names }: Match): string {
  return template.replaceAll(/\$(?:(\$)|\{(\w+)\}|(\w+))/g, (_, ...found: (string | undefined)[]) => {
    const [dollar, braced, plain] = found;
    if (dollar !== undefined) return '$';
    const name = braced ?? plain ?? '';
    return (/^\d+$/.test(name) ? groups[Number(name)] : groups[names[name] ?? -1]) ?? '';
  });
}

/** As Go counts them: an empty match right behind another match is none. */
function matches(pattern: string, text: string): Match[] {
  const compiled = RE2JS.compile(pattern);
  const matcher = compiled.matcher(text);
  const found: Match[] = [];
  let previousEnd = -1;
  while (matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()];
    if (start !== end || start !== previousEnd) {
      const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group));
      found.push({ start, end, groups, names: compiled.namedGroups() });
    }
    previousEnd = end;
  }
  return found;
}
