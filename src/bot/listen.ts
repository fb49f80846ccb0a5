import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server } from 'probot';
import { type BotOptions, OptionsError } from './options.ts';

/**
 * Takes webhooks from now on.
 * @throws {OptionsError} where the host or port cannot be had, with the way out.
 */
export async function listen(
  server: Server,
  { host, port }: Pick<BotOptions, 'host' | 'port'>,
): Promise<void> {
  try {
    await server.start();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EADDRINUSE')
      throw new OptionsError([`PORT ${port} is taken by another program; choose another`]);
    if (code === 'EACCES')
      throw new OptionsError([`PORT ${port} is not for this user; choose one above 1023`]);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new OptionsError([`HOST ${host} is no address of this machine; 0.0.0.0 stands for all`]);
    throw error;
  }
}

/** Probot takes port 0 for its default. */
export async function freePort(host: string): Promise<number> {
  const probe = createServer().listen(0, host);
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || address === null) throw new Error(`no free port on ${host}`);
  return address.port;
}
