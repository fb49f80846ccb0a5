import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Engine } from '../../engine/engine.ts';
import { PROTOCOL } from '../../engine/protocol/messages.ts';
import type { CompileParams, CompileReply } from '../../engine/protocol/rego.ts';
import { cacheFolder } from '../../store/cacheFolder.ts';

/** The folder where compiled built-in policies are kept between runs; null where the surroundings name none. */
export function defaultCacheDir(env: NodeJS.ProcessEnv = process.env): string | null {
  return cacheFolder('policies', env);
}

/**
 * Compiles, or takes what the same compiler made of the same modules before. A cache that
 * cannot be read or written costs time and nothing else.
 */
export async function compileCached(
  engine: Engine,
  params: CompileParams,
  cacheDir: string | null,
): Promise<CompileReply> {
  if (cacheDir === null) return engine.compileRego(params);
  const { versions } = await engine.describe();
  const key = createHash('sha256')
    .update(JSON.stringify([PROTOCOL, versions, params]))
    .digest('hex');
  const file = path.join(cacheDir, `${key}.json`);
  const kept = await readReply(file);
  if (kept !== null) return kept;
  const reply = await engine.compileRego(params);
  if (reply.errors.length === 0) await keep(file, reply);
  return reply;
}

/** What was compiled and written to a file; null where it is not there, or is something else. */
export async function readReply(file: string): Promise<CompileReply | null> {
  try {
    const reply: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isReply(reply) ? reply : null;
  } catch {
    return null;
  }
}

/** Writes under another name and renames, so that no reader sees half a file. */
async function keep(file: string, reply: CompileReply): Promise<void> {
  const partial = `${file}.${randomUUID()}`;
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(partial, JSON.stringify(reply), { mode: 0o600 });
    await rename(partial, file);
  } catch {
    await rm(partial, { force: true }).catch(() => undefined);
  }
}

/** As much of the shape as a file can get wrong that is not of ours. */
function isReply(value: unknown): value is CompileReply {
  if (typeof value !== 'object' || value === null) return false;
  if (!('wasm' in value) || !('entrypoints' in value) || !('errors' in value)) return false;
  return typeof value.wasm === 'string' && Array.isArray(value.entrypoints) && Array.isArray(value.errors);
}
