import type { Review } from '../../model/review.ts';
import type { Hider } from './hider.ts';

/**
 * A review of which no text holds a secret: the one border that everything passes before it is
 * reported, printed, sent or logged. Sentences quote what they are about, names are made of values,
 * and a user's own policy, a chart's `fail` and a rule in CEL say what they like.
 */
export function hiddenReview(review: Review, hider: Hider): Review {
  return hider.hideAll(review);
}

/** An error whose message and stack hold no secret. */
export function hiddenError(error: unknown, hider: Hider): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? hider.hide(error) : error;
  const { message, stack } = error;
  if (hider.hide(message) !== message) error.message = hider.hide(message);
  if (stack !== undefined && hider.hide(stack) !== stack) error.stack = hider.hide(stack);
  if (error.cause !== undefined) error.cause = hiddenError(error.cause, hider);
  return error;
}
