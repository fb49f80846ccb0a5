import { setMaxListeners } from 'node:events';
import path from 'node:path';
import { enginePath } from '../../engine/process.ts';
import { readMirror } from '../../git/mirror.ts';
import { ownerFolder, remotesOfReview } from '../../remote/remotesOfReview.ts';
import { reviewRepository } from '../../review/reviewRepository.ts';
import { type FactStore, openFactStore } from '../../store/factStore.ts';
import type { MirrorReview } from '../messages.ts';
import type { MirrorReviewer } from './serve.ts';

/** Kept open from review to review, one for each owner of repositories. */
const stores = new Map<string, Promise<FactStore | undefined>>();

function storeOf({ dataDir, owner }: MirrorReview): Promise<FactStore | undefined> {
  const folder = path.join(dataDir, 'facts', ownerFolder(owner));
  const opened = stores.get(folder) ?? openFactStore(folder, enginePath());
  stores.set(folder, opened);
  return opened;
}

/** Reviews two commits of a mirror, of which it changes nothing. */
export const reviewMirror: MirrorReviewer = async (asked, tools) => {
  const { owner, cloneUrl, base, head, settingsCommit, identity } = asked;
  const { engine, onStep, token, onPassingFailure } = tools;
  const repository = readMirror(asked);
  const fetching = new AbortController();
  // Each thing that is fetched listens, however many there are.
  setMaxListeners(0, fetching.signal);
  const request = { owner, cloneUrl, token, onPassingFailure, signal: fetching.signal };
  try {
    return await reviewRepository({
      repository,
      kept: await storeOf(asked),
      base,
      head,
      settingsCommit,
      identity,
      openRemotes: remotesOfReview(request, asked),
      engine,
      onStep,
    });
  } finally {
    fetching.abort();
    await repository.close();
  }
};
