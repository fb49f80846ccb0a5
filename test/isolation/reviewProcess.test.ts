import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../src/emulator/waitFor.ts';
import { DEFAULT_LIMITS } from '../../src/isolation/limits.ts';
import { ReviewProcess } from '../../src/isolation/reviewProcess.ts';
import { packageFile } from '../../src/model/packageFile.ts';
import { runningIn } from '../helpers/processes.ts';
import { createFolder, createRepository } from '../helpers/repository.ts';

async function neverEnding(): Promise<{ owner: ChildProcess; group: number }> {
  const files = await createRepository();
  const base = await files.commit({ 'app/kustomization.yaml': 'resources: []\n' });
  const head = await files.commit({ misbehave: 'hang' }, { branch: 'topic', parent: base });
  const asked = {
    gitDir: files.gitDir,
    historyDir: files.gitDir,
    dataDir: await createFolder(),
    localRemotes: false,
    offline: true,
    owner: 'acme',
    cloneUrl: 'https://example.com/acme/gitops.git',
    base,
    head,
    settingsCommit: base,
    identity: { urls: [], branch: null },
  };
  const owner = spawn(process.execPath, [packageFile('test/isolation/owner.mjs'), JSON.stringify(asked)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [told] = await once(owner.stdout, 'data');
  return { owner, group: Number(told) };
}

describe('a review that never ends', () => {
  const owners: ChildProcess[] = [];
  afterEach(() => {
    for (const owner of owners.splice(0)) owner.kill('SIGKILL');
  });

  test.each(['SIGKILL', 'SIGTERM'] as const)(
    'ends with the process that wants it, and its engine and git too: %s',
    async (signal) => {
      const { owner, group } = await neverEnding();
      owners.push(owner);
      expect(runningIn(group)).toEqual(expect.arrayContaining(['node', 'hydrant-engine', 'git']));
      owner.kill(signal);
      await waitFor(() => runningIn(group).length === 0, {
        timeoutMs: 20_000,
        describe: () => runningIn(group).join(' '),
      });
    },
    60_000,
  );
});

test("a review's process has nothing of the environment but what it needs", async () => {
  process.env['PRIVATE_KEY'] = 'of the App';
  const reviewing = new ReviewProcess({ limits: DEFAULT_LIMITS });
  try {
    await reviewing.request('ready', {});
    const names = readFileSync(`/proc/${reviewing.child.pid}/environ`, 'utf8')
      .split('\0')
      .map((one) => one.split('=')[0]);
    expect(names).toContain('PATH');
    expect(names.filter((name) => /KEY|SECRET|TOKEN|APP|NODE_OPTIONS|npm/.test(name ?? ''))).toEqual([]);
  } finally {
    delete process.env['PRIVATE_KEY'];
    await reviewing.kill();
  }
});
