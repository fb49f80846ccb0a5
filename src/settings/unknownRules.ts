import { nearest } from '../dialects/nearest.ts';
import { cut, type Explanation } from './explain.ts';
import { ruleNames } from './ruleNames.ts';

/** Names under `policies.disable` and `policies.enable` that no built-in rule has: they would switch nothing. */
export function unknownRules(data: unknown): Explanation[] {
  return ['disable', 'enable'].flatMap((list) => unknownIn(data, list));
}

function unknownIn(data: unknown, list: string): Explanation[] {
  const names = fieldOf(fieldOf(data, 'policies'), list);
  if (!Array.isArray(names)) return [];
  return names.flatMap((name: unknown, index) =>
    typeof name === 'string' && NAME.test(name) && !ruleNames().includes(name)
      ? [explanation(name, list, index)]
      : [],
  );
}

/** Another form is the schema's to refuse. */
const NAME = /^[a-z0-9-]+\/[a-z0-9-]+$/;

function explanation(name: string, list: string, index: number): Explanation {
  const meant = nearest(name, ruleNames());
  const guess = meant === undefined ? '.' : `; did you mean \`${meant}\`?`;
  const allowed = namesNear(name).map((rule) => `\`${rule}\``);
  return {
    field: ['policies', list, index],
    place: 'value',
    sentence: `\`policies.${list}[${index}]\` is \`${cut(name)}\`, and no built-in rule is called so${guess} Allowed: ${allowed.join(', ')}.`,
  };
}

/** The rules of the same category; of a category that there is not, the categories. */
function namesNear(name: string): string[] {
  const [category = ''] = name.split('/');
  const alike = ruleNames().filter((rule) => rule.startsWith(`${category}/`));
  return alike.length > 0 ? alike : [...new Set(ruleNames().map((rule) => rule.replace(/\/.*/, '/...')))];
}

function fieldOf(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
}
