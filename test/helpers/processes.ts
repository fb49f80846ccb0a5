import { readdirSync, readFileSync } from 'node:fs';

/** A process as the system tells of it. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
interface Told {
  readonly name: string;
  readonly group: number;
}

/** The names of the processes of a group that still run. */
export function runningIn(group: number): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids
    .map((pid) => told(Number(pid)))
    .filter((one) => one?.group === group)
    .map((one) => one?.name ?? '');
}

/** False for one that ended, also where nobody asked for its end yet. */
export function isRunning(pid: number): boolean {
  return told(pid) !== null;
}

function told(pid: number): Told | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, name = '', state, group] = /^\d+ \((.*)\) (\S) \S+ (\S+)/s.exec(stat) ?? [];
    return state === 'Z' ? null : { name, group: Number(group) };
  } catch {
    // It ended meanwhile.
    return null;
  }
}
