import { type Step, stepWords } from '../../model/step.ts';
import { inRepository, type Octokit } from '../github.ts';
import type { Job } from '../job.ts';
import { type CheckRuns, checkName } from './checkRuns.ts';

/** So often at most, in milliseconds: GitHub counts what is written. */
const TELL_MS = 10_000;

/** How a review's progress is told. */
export interface ProgressOptions {
  readonly octokit: Octokit;
  readonly job: Job;
  readonly runs: Promise<CheckRuns>;
  /** Hears of what GitHub refuses; the review goes on. */
  readonly onError: (error: unknown) => void;
  readonly tellMs?: number | undefined;
}

/** Tells in the title of the check run that is there from the start what a review has come to that takes long. */
export class Progress {
  readonly #options: ProgressOptions;
  readonly #timer: NodeJS.Timeout;
  #step: Step = {};
  #told = '';
  #writing: Promise<void> = Promise.resolve();

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#tell(), options.tellMs ?? TELL_MS);
  }

  /** Takes note of what the review has come to. */
  readonly heard = (step: Step): void => {
    this.#step = step;
  };

  /** Tells nothing more. Resolves when nothing is being written, so that a conclusion is the last word. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
  }

  #tell(): void {
    const words = stepWords(this.#step);
    if (words === this.#told) return;
    this.#told = words;
    const before = this.#writing;
    this.#writing = before.then(() => this.#write(words)).catch(this.#options.onError);
  }

  async #write(words: string): Promise<void> {
    const { octokit, job, runs } = this.#options;
    const { render } = await runs;
    if (render === null) return;
    const title = `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
    await octokit.rest.checks.update({
      ...inRepository(job),
      check_run_id: render,
      name: checkName('render'),
      status: 'in_progress',
      output: { title, summary: 'The review is under way.' },
    });
  }
}
