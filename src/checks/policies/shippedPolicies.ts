import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { enginePath } from '../../engine/process.ts';
import { PROTOCOL } from '../../engine/protocol/messages.ts';
import type { CompileParams, CompileReply } from '../../engine/protocol/rego.ts';
import { packageFile } from '../../model/packageFile.ts';
import { readReply } from './compileCache.ts';

/** What ships with Hydrant, and by which engine it was made. */
export interface Shipped {
  readonly folder?: string;
  readonly engine?: string;
}

/**
 * What the build compiled of just these modules with just this engine, so that no process has to.
 * @returns null where the modules or the engine are others, or where nothing was compiled.
 */
export async function readShipped(
  params: CompileParams,
  shipped: Shipped = {},
): Promise<CompileReply | null> {
  const file = await shippedFile(params, shipped);
  return file === null ? null : readReply(file);
}

/** Writes what {@link readShipped} reads, and removes what an earlier build wrote. */
export async function writeShipped(
  params: CompileParams,
  reply: CompileReply,
  shipped: Shipped = {},
): Promise<void> {
  const file = await shippedFile(params, shipped);
  if (file === null) throw new Error('the render engine names no build');
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  // Under another name first: who reads meanwhile sees no half of it.
  const partial = `${file}.${randomUUID()}`;
  await writeFile(partial, JSON.stringify(reply));
  await rename(partial, file);
  const earlier = (await readdir(folder)).filter((name) => name !== path.basename(file));
  await Promise.all(earlier.map((name) => rm(path.join(folder, name), { force: true })));
}

/** Named by all that it was made of. */
async function shippedFile(
  params: CompileParams,
  { folder = packageFile('dist/policies'), engine = enginePath() }: Shipped,
): Promise<string | null> {
  const start = await startOf(engine).catch(() => null);
  // What no linker of Go named, such as a script that starts an engine, says nothing of what compiles.
  if (start === null || !BUILD_ID.test(start.toString('latin1'))) return null;
  const key = createHash('sha256')
    .update(JSON.stringify([PROTOCOL, params]))
    .update(start)
    .digest('hex');
  return path.join(folder, `${key}.json`);
}

/** What went in and what came out, twice: https://pkg.go.dev/cmd/internal/buildid */
const BUILD_ID = /[\w-]{20}\/[\w-]{20}\/[\w-]{20}\/[\w-]{20}/;

/**
 * The first 32 KiB, in which Go's linker writes what the whole was built of:
 * https://github.com/golang/go/blob/go1.24.0/src/cmd/internal/buildid/buildid.go (`readSize`).
 */
async function startOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(32 * 1024), 0, 32 * 1024, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
