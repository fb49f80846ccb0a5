/** What one review may need. */
export interface ReviewLimits {
  /** Milliseconds. */
  readonly timeoutMs: number;
  /** Bytes of memory, of its process and of all that this starts. */
  readonly memoryBytes: number;
  /** Bytes of the review itself, which is handed back as text. */
  readonly outputBytes: number;
}

const MEBIBYTE = 2 ** 20;

/** What counts where whoever runs Hydrant says nothing. */
export const DEFAULT_LIMITS: ReviewLimits = {
  timeoutMs: 10 * 60_000,
  memoryBytes: 2048 * MEBIBYTE,
  outputBytes: 64 * MEBIBYTE,
};

/** Of one engine process: a target that needs too much is ended before the review is. */
export function engineMemory({ memoryBytes }: Pick<ReviewLimits, 'memoryBytes'>): number {
  return Math.floor(memoryBytes / 2);
}
