import { OptionsError, readOptions } from '../bot/options.ts';
import { startBot } from '../bot/start.ts';
import { complain } from './complain.ts';
import { EXIT } from './exit.ts';

/**
 * `hydrant start`: runs the bot until it is told to stop.
 * @returns the exit code, once it has stopped.
 */
export async function runStart(env: NodeJS.ProcessEnv = process.env): Promise<number> {
  try {
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
