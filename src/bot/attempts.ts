import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Job } from './job.ts';

/** A head is reviewed once, and at most twice again where its review was ended. */
const MOST_ATTEMPTS = 3;

/** Nobody asks for a head any more after this time. */
const KEPT_MS = 30 * 24 * 60 * 60_000;

/** Thrown where a head is not tried again. */
export class TriedEnough extends Error {
  readonly attempts: number;
  /** Why the last one was ended; null where nobody lived to tell. */
  readonly last: string | null;

  constructor({ attempts, last }: Attempted) {
    super(`this head was tried ${attempts} times, and is not tried again`);
    this.attempts = attempts;
    this.last = last;
  }
}

/** How often the review of each head was begun without an end, also by processes that are gone. */
export interface Attempts {
  /** Says that a review begins. @throws {TriedEnough} */
  begin(job: Job): Promise<void>;
  /** Says that a review came to its end, or was stopped for reasons that are not its own. */
  done(job: Job): Promise<void>;
  /** Says that a review was ended, and why. */
  ended(job: Job, why: string): Promise<void>;
}

interface Attempted {
  readonly attempts: number;
  readonly last: string | null;
}

/** Attempts below `<dataDir>/attempts/`, a file for each head. What cannot be kept is counted as if it were new. */
export function openAttempts(dataDir: string): Attempts {
  const folder = path.join(dataDir, 'attempts');
  const fileOf = ({ owner, repo, head }: Job) => {
    const key = JSON.stringify([owner.toLowerCase(), repo.toLowerCase(), head]);
    return path.join(folder, `${createHash('sha256').update(key).digest('hex')}.json`);
  };
  const pruned = prune(folder);
  return {
    async begin(job) {
      await pruned;
      const before = await read(fileOf(job));
      if (before.attempts >= MOST_ATTEMPTS) throw new TriedEnough(before);
      await write(fileOf(job), { attempts: before.attempts + 1, last: null });
    },
    async done(job) {
      await rm(fileOf(job), { force: true });
    },
    async ended(job, why) {
      const { attempts } = await read(fileOf(job));
      await write(fileOf(job), { attempts, last: why });
    },
  };
}

async function read(file: string): Promise<Attempted> {
  try {
    // Written below, by this program or an earlier one.
    const { attempts, last } = JSON.parse(await readFile(file, 'utf8')) as Partial<Attempted>;
    return { attempts: Number(attempts) || 0, last: typeof last === 'string' ? last : null };
  } catch {
    return { attempts: 0, last: null };
  }
}

/** Others see a whole file or none. */
async function write(file: string, attempted: Attempted): Promise<void> {
  const unfinished = `${file}.${randomUUID()}`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(unfinished, JSON.stringify(attempted));
    await rename(unfinished, file);
  } catch {
    await rm(unfinished, { force: true }).catch(() => {});
  }
}

async function prune(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const file = path.join(folder, name);
    const kept = await stat(file).catch(() => null);
    if (kept !== null && Date.now() - kept.mtimeMs > KEPT_MS) await rm(file, { force: true });
  }
}
