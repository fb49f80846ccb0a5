import type { Description } from '../engine/protocol/description.ts';
import type { Review } from '../model/review.ts';
import { TimedOut } from '../processes/limited.ts';
import { ProcessPool } from '../processes/processPool.ts';
import { keepPolicies } from './keepPolicies.ts';
import type { ReviewLimits } from './limits.ts';
import type { MirrorReview } from './messages.ts';
import { type ReviewHooks, ReviewProcess, type ReviewProcessOptions } from './reviewProcess.ts';

/** How the processes of reviews are run. */
export interface ReviewPoolOptions extends ReviewProcessOptions {
  /** As many as there may be at once; four by default. */
  readonly size?: number;
}

/** After so many reviews a process is replaced, so that what it keeps does not grow for ever. */
const MOST_REVIEWS = 100;

/** A slow machine starts a process and its engine in less. */
const START_MS = 60_000;

/** Each review in a process of its own, within limits. The processes are kept for the next reviews. */
export class ReviewPool {
  readonly #pool: ProcessPool<ReviewProcess>;
  readonly #limits: ReviewLimits;
  #policies: Promise<void> | undefined;

  constructor({ size = 4, ...options }: ReviewPoolOptions) {
    this.#limits = options.limits;
    const start = () => new ReviewProcess(options);
    this.#pool = new ProcessPool({ size, start, mostUses: MOST_REVIEWS });
  }

  /**
   * Keeps what all reviews need, starts a process, and tells of its engine; fails where none could review, as
   * where that was not built.
   */
  async ready(): Promise<Description> {
    this.#policies ??= keepPolicies(this.#limits);
    const asked = this.#pool.use((process) => process.request('ready', {}), { timeout: START_MS });
    const [description] = await Promise.all([asked, this.#policies]);
    return description;
  }

  /**
   * Reviews two commits of a mirror.
   * @throws {ReviewEnded} where the review needs more than its limits, or its process ends;
   *   the signal's reason when aborted; what the review itself throws.
   */
  async review(
    asked: MirrorReview,
    { signal, ...hooks }: ReviewHooks & { readonly signal?: AbortSignal | undefined },
  ): Promise<Review> {
    let used: ReviewProcess | undefined;
    const work = (process: ReviewProcess) => {
      used = process;
      return process.review(asked, hooks);
    };
    try {
      return await this.#pool.use(work, { timeout: this.#limits.timeoutMs, signal });
    } catch (error) {
      throw error instanceof TimedOut && used !== undefined ? used.ended('time', error) : error;
    }
  }

  /** Ends all processes, with all that they started. */
  async close(): Promise<void> {
    await this.#pool.close();
  }
}
