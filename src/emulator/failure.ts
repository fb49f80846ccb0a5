/** What GitHub answers in place of what was asked for. */
export interface Failure {
  /** `hang-up`: the connection ends without an answer. */
  readonly status: number | 'hang-up';
  readonly headers?: Readonly<Record<string, string>>;
  /** What GitHub says in `message`. */
  readonly message?: string;
}

/**
 * Comes in between a request, of the API or of Git, and its answer: lets it wait, or gives the
 * failure that is answered without any effect. Paths have no `/api/v3` in front and no query.
 */
export type Interference = (method: string, path: string) => Promise<Failure | null>;

/** Lets everything pass. */
export const NO_INTERFERENCE: Interference = () => Promise.resolve(null);
