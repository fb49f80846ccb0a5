import type { ProbotOctokit } from 'probot';

/** What is not sent again after some seconds: what GitHub refuses, and what has to wait for longer. */
const NOT_AGAIN = [400, 401, 403, 404, 410, 413, 422, 429, 451];

/**
 * A kind of client that leaves GitHub's rate limits to {@link RateLimits}: of its own, it would send again too soon, or
 * only warn.
 */
export function patientOctokit(base: typeof ProbotOctokit): typeof ProbotOctokit {
  const leave = { onRateLimit: () => false, onSecondaryRateLimit: () => false };
  return base.defaults((given: { readonly throttle?: object; readonly retry?: object }) => ({
    ...given,
    throttle: { ...given.throttle, ...leave },
    retry: { ...given.retry, doNotRetry: NOT_AGAIN },
  }));
}
