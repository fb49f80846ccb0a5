import type { ErrorObject } from 'ajv';

/** Ajv's errors as one line, with the place inside the part that was checked. */
export function describeErrors(part: string, errors: readonly ErrorObject[] | null | undefined): string {
  const lines = (errors ?? []).map(
    ({ instancePath, message, params }) => `${part}${instancePath} ${message} ${JSON.stringify(params)}`,
  );
  return [...new Set(lines)].slice(0, 8).join('; ');
}
