import { memoryOf } from './memoryOf.ts';

const INTERVAL_MS = 250;

/**
 * Looks now and then at what a process and its children hold.
 * @param onExcess is called once they hold more than the limit.
 * @returns stops looking.
 */
export function watchMemory(pid: number, limitBytes: number, onExcess: () => void): () => void {
  let looking = false;
  const look = async () => {
    if (looking) return;
    looking = true;
    const held = await memoryOf(pid);
    looking = false;
    if (held <= limitBytes) return;
    clearInterval(timer);
    onExcess();
  };
  const timer = setInterval(() => void look(), INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
