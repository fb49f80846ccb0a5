import type { Description } from '../engine/protocol/description.ts';
import type { GitErrorCode } from '../git/error.ts';
import type { MirrorFolders } from '../git/mirror.ts';
import type { Review } from '../model/review.ts';
import type { RepositoryIdentity } from '../review/reviewRepository.ts';

/** What whoever runs Hydrant says of fetching. */
export interface FetchSettings {
  readonly dataDir: string;
  readonly localRemotes: boolean;
  readonly offline: boolean;
}

/** Two commits of a mirror that are to be reviewed; all of it is plain data. */
export interface MirrorReview extends MirrorFolders, FetchSettings {
  /** The owner of the repository, by which what is fetched is kept apart. */
  readonly owner: string;
  readonly cloneUrl: string;
  readonly base: string;
  readonly head: string;
  readonly settingsCommit: string;
  readonly identity: RepositoryIdentity;
}

/** What a review's process takes and answers. */
export interface ReviewMessages {
  /** What its engine is; an error where it could not review. */
  ready: { params: object; reply: Description };
  review: { params: MirrorReview; reply: Review };
}

/** What it asks of, and tells, the process that started it. */
export const ASKS = {
  /** Asks for a token of the repository's installation. */
  token: 'token',
  /** Tells that something was not to be had that may be at the next try. */
  passingFailure: 'passingFailure',
  /** Tells of something for the log. */
  warning: 'warning',
} as const;

/** How a process reviews; it is told at its start, as JSON in its first argument. */
export interface ChildSettings {
  /** Bytes that one engine process may hold. */
  readonly engineMemoryBytes: number;
}

/** What of an error crosses the border besides its message. */
export interface ErrorData {
  readonly git?: GitErrorCode | undefined;
  readonly stack?: string | undefined;
}

/** The pipe that ends with the process that started this one, by its number. */
export const LIFELINE = 3;
/** The pipe that steps are told by. */
export const STEPS = 4;
