import pino, { type Logger } from 'pino';
import { visibleInJson } from '../report/visible.ts';

/**
 * The log of the bot: lines of JSON on standard output. What stands in them of a repository, such as an address in an
 * error, steers no terminal that shows the log: characters without a sign stand as JSON's escapes.
 */
export function createLog(level: string, out: Pick<NodeJS.WritableStream, 'write'> = process.stdout): Logger {
  return pino({ level }, { write: (line) => void out.write(visibleInJson(line)) });
}
