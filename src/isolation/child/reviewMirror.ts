import { setMaxListeners } from 'node:events';
import { readMirror } from '../../git/mirror.ts';
import { remotesOfReview } from '../../remote/remotesOfReview.ts';
import { reviewRepository } from '../../review/reviewRepository.ts';
import type { MirrorReviewer } from './serve.ts';

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
