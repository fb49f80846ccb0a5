// Regular expressions as Go has them (RE2: linear in the text, whatever the pattern).
import { RE2JS } from 're2js';

/** The first matches, all of them for -1. @param {string} pattern @param {string} text @param {number} count */
export function findAll(pattern, text, count) {
  const found = matches(pattern, text).map(({ groups }) => groups[0]);
  return count < 0 ? found : found.slice(0, count);
}

/** @param {string} pattern @param {string} text */
export function split(pattern, text) {
  if (pattern !== '' && text === '') return [''];
  const parts = [];
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

/** @param {string} pattern @param {string} text @param {string} template with `$1` and `${name}` */
export function replaceAll(pattern, text, template) {
  let result = '';
  let last = 0;
  for (const match of matches(pattern, text)) {
    result += text.slice(last, match.start) + expand(template, match);
    last = match.end;
  }
  return result + text.slice(last);
}

/** https://pkg.go.dev/regexp#Regexp.Expand */
function expand(template, { groups, names }) {
  return template.replaceAll(/\$(?:(\$)|\{(\w+)\}|(\w+))/g, (_, dollar, braced, plain) => {
    if (dollar !== undefined) return '$';
    const name = braced ?? plain;
    return (/^\d+$/.test(name) ? groups[Number(name)] : groups[names[name] ?? -1]) ?? '';
  });
}

/** As Go counts them: an empty match right behind another match is none. */
function matches(pattern, text) {
  const compiled = RE2JS.compile(pattern);
  const matcher = compiled.matcher(text);
  const found = [];
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
