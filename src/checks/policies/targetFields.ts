import type { RegoModule } from '../../engine/protocol.ts';
import type { TargetField } from './compiledPolicies.ts';

const ALL: readonly TargetField[] = ['id', 'path', 'environment', 'cluster'];

/**
 * The fields of `data.hydrant.target` that policies may look at: those that they name; all
 * where they name the whole, or look data up by a computed name.
 */
export function targetFields(modules: readonly RegoModule[]): TargetField[] {
  const named = modules.flatMap(({ content }) => [
    ...content.matchAll(/\bdata\.hydrant\.target(?:\.(\w+))?/g),
  ]);
  const whole = modules.some(({ content }) =>
    /\bdata(?:\s*\[|\.hydrant\s*(?:\[|\s*$|\s+as\b))/m.test(content),
  );
  if (whole || named.some(([, field]) => field === undefined)) return [...ALL];
  return ALL.filter((field) => named.some(([, name]) => name === field));
}
