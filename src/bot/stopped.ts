/** Why a review was stopped before its end; it is the reason of the job's AbortSignal. */
export class Stopped extends Error {
  /**
   * - `superseded`: a newer head came; `closed`: the pull request was closed;
   * - `shutdown`: the bot stops, and takes the work up at its next start.
   */
  readonly kind: 'superseded' | 'closed' | 'shutdown';

  constructor(kind: Stopped['kind']) {
    super(`the review was stopped: ${kind}`);
    this.kind = kind;
  }
}
