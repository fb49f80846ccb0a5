// Reviews in a process that the bot keeps, as it asks for them.
import { mkdirSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { processorTimeOfAll } from './command.mjs';

/** @param dataDir the bot's data folder; what reviews keep stands there. */
export async function botReviews({ dir }, dataDir) {
  const { ReviewPool } = await import('../../dist/src/isolation/reviewPool.js');
  const { reviewFolders } = await import('../../dist/src/isolation/confinement.js');
  const { DEFAULT_LIMITS } = await import('../../dist/src/isolation/limits.js');
  mkdirSync(dataDir, { recursive: true });
  const folders = reviewFolders(dataDir);
  const gitDir = `${dir}/.git`;
  const pool = new ReviewPool({
    size: 1,
    limits: DEFAULT_LIMITS,
    folders: { ...folders, read: [gitDir, ...folders.read] },
  });
  await pool.ready();
  return {
    /** What the bot waits for a review, and what its processes use of the processors. */
    review: async ({ base, head }) => {
      const asked = {
        gitDir,
        historyDir: gitDir,
        dataDir,
        localRemotes: false,
        offline: true,
        owner: 'acme',
        cloneUrl: 'https://example.com/acme/gitops.git',
        base,
        head,
        settingsCommit: base,
        identity: { urls: [], branch: null },
      };
      const before = processorTimeOfAll();
      const start = performance.now();
      const { targets, verdict } = await pool.review(asked, { token: async () => '' });
      const milliseconds = performance.now() - start;
      const processor = before === null ? null : processorTimeOfAll() - before;
      const affected = targets.filter((target) => target.affected).length;
      if (affected !== 1 || verdict !== 'success')
        throw new Error(`${affected} targets are affected: ${verdict}`);
      return { milliseconds, processor };
    },
    close: () => pool.close(),
  };
}
