import { readFile } from 'node:fs/promises';

/**
 * Bytes of memory that a process and all that it started hold for themselves; what programs share
 * (their code, files that are mapped) is not counted. Zero where the system does not tell: only
 * Linux does. https://man7.org/linux/man-pages/man5/proc.5.html
 */
export async function memoryOf(pid: number): Promise<number> {
  const own = await anonymousMemory(pid);
  const children = await childrenOf(pid);
  const theirs = await Promise.all(children.map(memoryOf));
  return theirs.reduce((sum, bytes) => sum + bytes, own);
}

async function anonymousMemory(pid: number): Promise<number> {
  const status = await textOf(`/proc/${pid}/status`);
  return Number(/^RssAnon:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}

/** Those that its main thread started, which is the one that Node starts others from. */
async function childrenOf(pid: number): Promise<number[]> {
  const listed = await textOf(`/proc/${pid}/task/${pid}/children`);
  return listed.split(' ').filter(Boolean).map(Number);
}

/** Empty where there is no such file, or no such process any more. */
function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
