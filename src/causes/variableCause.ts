import type { FieldOrigin } from '../model/foundObject.ts';
import type { OperatorRecord } from '../model/operatorRecord.ts';

/** `${name}` and its forms with defaults and the like. */
const VARIABLE = /\$\{\s*([A-Za-z_]\w*)/g;

/**
 * Where the variable is set that a source text is filled with; null where the text has no
 * variable or several, and where nobody knows what sets it.
 */
export function variableCause({ variables }: OperatorRecord, text: string): FieldOrigin | null {
  const names = new Set([...text.matchAll(VARIABLE)].map(([, name]) => name ?? ''));
  const [name] = names;
  return name === undefined || names.size > 1 ? null : (variables.get(name) ?? null);
}
