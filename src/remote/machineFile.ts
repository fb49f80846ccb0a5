import { readFile } from 'node:fs/promises';
import { Refusal } from './refusal.ts';

/** No file of credentials is as large. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The text of a file that tells this machine's credentials; undefined where there is none.
 * @param told.shown what it is, for messages: its path may tell of the machine.
 * @param told.way how to mend it.
 * @throws {Refusal} where it is there and cannot be read.
 */
export async function readMachineFile(
  file: string,
  { shown, way }: { readonly shown: string; readonly way: string },
): Promise<string | undefined> {
  try {
    const bytes = await readFile(file);
    if (bytes.length > MAX_BYTES) throw new Refusal(`${shown} is too large to be one; ${way}`);
    return bytes.toString('utf8');
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const code = codeOf(error) ?? 'unknown reason';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new Refusal(`${shown} cannot be read (${code}); ${way}`);
  }
}

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
