// Programs as values: how long they take, on the clock and on the processors, and how much
// memory they and all that they start hold at once.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {{ program: string, args: string[], input?: string, env?: Record<string, string>, codes?: number[] }} Command
 * codes: those that it may end with; 0 by default.
 */

/**
 * Runs a command to its end. `processor` is what it and all that it started used of the
 * processors, which other work on the machine changes less than the clock; null without /proc.
 * @returns {{ stdout: string, milliseconds: number, processor: number | null }}
 * @throws {Error} when it ends with another code than it may.
 */
export function run({ program, args, input, env, codes = [0] }) {
  const before = processorTimeOfChildren();
  const start = performance.now();
  const done = spawnSync(program, args, {
    input,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  const milliseconds = performance.now() - start;
  if (!codes.includes(done.status)) {
    const said = done.error?.message ?? `${done.stdout}${done.stderr}`.slice(-2000);
    throw new Error(`${basename(program)} ${args.slice(0, 4).join(' ')} ended with ${done.status}: ${said}`);
  }
  const processor = before === null ? null : processorTimeOfChildren() - before;
  return { stdout: done.stdout, milliseconds, processor };
}

/** Milliseconds that the ended children of this process used, and theirs. */
function processorTimeOfChildren() {
  if (process.platform !== 'linux') return null;
  // After the name come the fields 3 and on; 16 and 17 are those, in hundredths of a second.
  return sumOfFields('self', [16, 17]);
}

/** Milliseconds that all processes that this one started, and those that they started, used until now. */
export function processorTimeOfAll() {
  const ended = processorTimeOfChildren();
  if (ended === null) return null;
  // What each used itself, and its ended children.
  const running = familyOf(process.pid).filter((pid) => pid !== process.pid);
  return running.reduce((sum, pid) => sum + sumOfFields(pid, [14, 15, 16, 17]), ended);
}

function sumOfFields(pid, wanted) {
  const fields = readProc(`/proc/${pid}/stat`).split(') ').at(-1).split(' ');
  return wanted.reduce((sum, field) => sum + 10 * Number(fields[field - 3] ?? 0), 0);
}

/**
 * The most bytes that a command's processes hold at the same time, pages that several share
 * counted once. It is looked up often, so no clock may run meanwhile. Null without /proc.
 */
export async function peakMemory({ program, args, input, env }) {
  if (process.platform !== 'linux') return null;
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.stdin.end(input);
  let peak = 0;
  while (child.exitCode === null && child.signalCode === null) {
    peak = Math.max(peak, heldBy(child.pid));
    await sleep(10);
  }
  return peak;
}

function heldBy(ancestor) {
  return familyOf(ancestor).reduce((sum, pid) => sum + shareOf(pid), 0);
}

/** A process and all that it started, and so on. */
function familyOf(ancestor) {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(name)]),
  );
  const belongs = (pid) => pid === ancestor || (parents.has(pid) && belongs(parents.get(pid)));
  return [...parents.keys()].filter(belongs);
}

function parentOf(pid) {
  // After the name, which may hold anything: the state, and the parent.
  return Number(readProc(`/proc/${pid}/stat`).split(') ').at(-1).split(' ')[1] ?? 0);
}

function shareOf(pid) {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(readProc(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024;
}

/** Empty for a process that has ended meanwhile. */
function readProc(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
