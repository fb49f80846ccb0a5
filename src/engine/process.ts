import { existsSync } from 'node:fs';
import { packageFile } from '../model/packageFile.ts';
import { MessageProcess } from '../processes/messageProcess.ts';
import { MEMORY_EXIT_CODE, type Messages } from './protocol/messages.ts';

/** One engine process. It serves one request after the other; see the pool. */
export class EngineProcess extends MessageProcess<Messages> {
  /** @throws {Error} where the engine was not built. */
  constructor(options: { readonly binary?: string | undefined; readonly memoryLimitBytes: number }) {
    const binary = options.binary ?? enginePath();
    if (!existsSync(binary))
      throw new Error(`the render engine is missing at ${binary}; run: npm run build:engine`);
    super({
      name: 'the render engine',
      command: binary,
      args: ['-memory-limit', String(options.memoryLimitBytes)],
      // No environment: nothing of the bot's (tokens, keys) is the engine's business.
      env: {},
      isOutOfMemory: (code, stderr) =>
        // The system's own limit, which the Go runtime tells.
        code === MEMORY_EXIT_CODE || /out of memory|cannot allocate memory/.test(stderr),
    });
  }
}

function enginePath(): string {
  return process.env['HYDRANT_ENGINE'] ?? packageFile('dist/hydrant-engine');
}
