import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { EngineProcess } from '../../src/engine/process.ts';

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

test('a process that ends in the middle of a message leaves nothing that keeps Node alive', async () => {
  const binary = path.join(await mkdtemp(path.join(tmpdir(), 'engine-')), 'half');
  // Bytes come while Node reads: the message that they begin never ends.
  await writeFile(
    binary,
    "#!/bin/sh\nread line\nprintf 'Content-Length: 1000\\r\\n\\r\\n{'\nsleep 0.1\nexit 1\n",
  );
  await chmod(binary, 0o755);
  const before = timers();
  const engine = new EngineProcess({ binary, memoryLimitBytes: 1 << 30, repositories: [] });
  await expect(engine.request('describe', {})).rejects.toThrow('the render engine ended (crash)');
  expect(timers()).toBe(before);
});
