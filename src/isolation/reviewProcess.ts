import type { Readable } from 'node:stream';
import { packageFile } from '../model/packageFile.ts';
import type { Review } from '../model/review.ts';
import type { OnStep, Step } from '../model/step.ts';
import { MessageProcess } from '../processes/messageProcess.ts';
import { ProcessEnded } from '../processes/processEnded.ts';
import { confinedNode, type WorkFolders } from './confinement.ts';
import { reviewEnvironment } from './environment.ts';
import { fromResponseError } from './errors.ts';
import { engineMemory, type ReviewLimits } from './limits.ts';
import {
  ASKS,
  type ChildSettings,
  LIFELINE,
  type MirrorReview,
  type ReviewMessages,
  STEPS,
} from './messages.ts';
import { type Excess, ReviewEnded } from './reviewEnded.ts';
import { nextStep, readSteps } from './steps.ts';
import { watchMemory } from './watchMemory.ts';

/** What a review asks of whoever wants it. */
export interface ReviewHooks {
  readonly token: () => Promise<string>;
  readonly onPassingFailure?: (() => void) | undefined;
  /** Hears all that is known of what it has come to. */
  readonly onStep?: OnStep | undefined;
}

/** How a review's process is run. */
export interface ReviewProcessOptions {
  readonly limits: ReviewLimits;
  /** What it may read and write of the disk, besides programs and what is Hydrant's own. */
  readonly folders: WorkFolders;
  /** The JavaScript file that it runs; the one of the build by default. */
  readonly program?: string | undefined;
  /** Hears of what is for the log. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/** A process that reviews, one review after the other. Its engine and its git end with it. */
export class ReviewProcess extends MessageProcess<ReviewMessages> {
  readonly #limits: ReviewLimits;
  #hooks: ReviewHooks | undefined;
  #step: Step = {};
  /** Bytes that it said since it was asked. */
  #said = 0;
  #excess: Excess | undefined;

  constructor({ limits, folders, program = PROGRAM, onWarning }: ReviewProcessOptions) {
    const settings: ChildSettings = { engineMemoryBytes: engineMemory(limits) };
    const heap = Math.ceil(limits.memoryBytes / 2 ** 20);
    const env = reviewEnvironment(process.env);
    const [command, ...args] = confinedNode(
      [`--max-old-space-size=${heap}`, program, JSON.stringify(settings)],
      { folders: { ...folders, read: [program, ...folders.read] }, env },
    );
    super({
      name: 'the process of a review',
      command,
      args,
      env,
      pipes: STEPS - LIFELINE + 1,
      leadsGroup: true,
      isOutOfMemory: (_, stderr) => stderr.includes('heap out of memory'),
    });
    this.#limits = limits;
    readSteps(this.child.stdio[STEPS] as Readable, (step) => {
      this.#step = nextStep(this.#step, step);
      this.#hooks?.onStep?.(this.#step);
    });
    this.child.stdout?.on('data', (chunk: Buffer) => {
      this.#said += chunk.length;
      if (this.#said > limits.outputBytes) this.#end('output');
    });
    this.connection.onRequest(ASKS.token, () => {
      if (this.#hooks === undefined) throw new Error('no review is under way');
      return this.#hooks.token();
    });
    this.connection.onNotification(ASKS.passingFailure, () => this.#hooks?.onPassingFailure?.());
    this.connection.onNotification(ASKS.warning, ({ message }: { message: string }) => onWarning?.(message));
  }

  /** Reviews. @throws {ReviewEnded} where its process ends before it is done; {GitError}; any other error of it. */
  async review(asked: MirrorReview, hooks: ReviewHooks): Promise<Review> {
    this.#hooks = hooks;
    this.#step = {};
    this.#said = 0;
    const stop = watchMemory(this.child.pid ?? 0, this.#limits.memoryBytes, () => this.#end('memory'));
    try {
      return await this.request('review', asked);
    } catch (error) {
      throw error instanceof ProcessEnded
        ? this.ended(this.#excess ?? error.kind, error)
        : fromResponseError(error);
    } finally {
      stop();
      this.#hooks = undefined;
    }
  }

  /** That its review was ended, with what is known. */
  ended(why: Excess, cause?: unknown): ReviewEnded {
    return new ReviewEnded(why, { limits: this.#limits, step: this.#step, cause });
  }

  #end(why: Excess): void {
    this.#excess ??= why;
    void this.kill();
  }
}

/** Node runs it without what compiles it: the one of the build, whoever asks. */
const PROGRAM = packageFile('dist/src/isolation/child/main.js');
