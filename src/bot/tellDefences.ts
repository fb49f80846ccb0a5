import type { Logger } from 'pino';
import type { Description } from '../engine/protocol/description.ts';

/** Says in the log what the kernel holds the render engine and the processes of reviews to, and warns of what it cannot hold. */
export function tellDefences({ defences }: Pick<Description, 'defences'>, log: Logger): void {
  const held = defences.filter((defence) => defence.held);
  if (held.length > 0)
    log.info(
      { defences: textsOf(held) },
      'the kernel holds reviews and their render engines to what they need',
    );
  const missing = defences.filter((defence) => !defence.held);
  if (missing.length > 0)
    log.warn(
      { missing: textsOf(missing) },
      'the kernel does not hold reviews and their render engines wholly',
    );
}

function textsOf(defences: Description['defences']): string[] {
  return defences.map(({ name, detail }) => `${name}: ${detail}`);
}
