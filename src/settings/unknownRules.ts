import { cut, type Explanation } from './explain.ts';
import { nearest } from './nearest.ts';
import { ruleNames } from './ruleNames.ts';

/** Names under `policies.disable` that no built-in rule has: they would switch nothing off. */
export function unknownRules(data: unknown): Explanation[] {
  const policies = fieldOf(data, 'policies');
  const disable = fieldOf(policies, 'disable');
  if (!Array.isArray(disable)) return [];
  return disable.flatMap((name: unknown, index) =>
    typeof name === 'string' && NAME.test(name) && !ruleNames().includes(name)
      ? [explanation(name, index)]
      : [],
  );
}

/** Another form is the schema's to refuse. */
const NAME = /^[a-z0-9-]+\/[a-z0-9-]+$/;

function explanation(name: string, index: number): Explanation {
  const meant = nearest(name, ruleNames());
  const guess = meant === undefined ? '.' : `; did you mean \`${meant}\`?`;
  const allowed = ruleNames().map((rule) => `\`${rule}\``);
  return {
    field: ['policies', 'disable', index],
    place: 'value',
    sentence: `\`policies.disable[${index}]\` is \`${cut(name)}\`, and no built-in rule is called so${guess} Allowed: ${allowed.join(', ')}.`,
  };
}

function fieldOf(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
}
