import { takeUpEnvFile } from '../bot/envFile.ts';
import { OptionsError, readOptions } from '../bot/options.ts';
import { isNotSetUp, setUp } from '../bot/setUp.ts';
import { startBot } from '../bot/start.ts';
import { complain } from './complain.ts';
import { EXIT } from './exit.ts';

/**
 * `hydrant start`: runs the bot until it is told to stop. Where nothing says which App it is, it serves the
 * page on which one is made.
 * @returns the exit code, once it has stopped.
 */
export async function runStart(env: NodeJS.ProcessEnv = process.env): Promise<number> {
  try {
    takeUpEnvFile('.env');
    if (isNotSetUp(env)) {
      const server = await setUp(env);
      await stopSignal();
      await server.stop();
      return EXIT.passed;
    }
    const bot = await startBot(readOptions(env));
    await stopSignal();
    await bot.stop();
    return EXIT.passed;
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    // A line for each variable.
    for (const line of error.message.split('\n')) complain(line, 'start');
    return EXIT.couldNotRun;
  }
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
