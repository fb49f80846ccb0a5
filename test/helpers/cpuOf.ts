/**
 * Milliseconds of a processor that this process spends on work; at least one, so that they can be divided by. Two
 * sizes of the same work are compared by it, whatever else the machine does: a time on the clock is no test.
 */
export function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return Math.max(1, (user + system) / 1000);
}
