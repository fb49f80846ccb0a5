import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { parseEnv } from 'node:util';

/**
 * Takes up the variables of a `.env` file, as Probot does; those that are set already stay.
 * @param file need not be there.
 */
export function takeUpEnvFile(file: string): void {
  if (existsSync(file)) loadEnvFile(file);
}

/**
 * Adds variables to a `.env` file, or replaces them in it. Nobody but its owner may read it: the App's
 * key stands in it.
 * @returns all that it has now.
 */
export function addToEnvFile(
  file: string,
  variables: Readonly<Record<string, string>>,
): Record<string, string> {
  const before = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...before, ...variables }))
    if (value !== undefined) all[name] = value;
  const lines = Object.entries(all).map(([name, value]) => `${name}=${quoted(value)}\n`);
  writeFileSync(file, lines.join(''), { mode: 0o600 });
  // A file that was there keeps its rights otherwise.
  chmodSync(file, 0o600);
  return all;
}

/** On one line: the options read \n as a new line in a key. */
function quoted(value: string): string {
  const text = value.replace(/^"(.*)"$/s, '$1').replaceAll('\n', '\\n');
  if (/^[\w./:@-]*$/.test(text)) return text;
  const quote = ["'", '"', '`'].find((one) => !text.includes(one)) ?? "'";
  return `${quote}${text}${quote}`;
}
