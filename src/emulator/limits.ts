/** How much text the emulated GitHub takes. */
export interface Limits {
  /** Bytes of a check run's summary, and of its text. GitHub's pages say characters; its database counts bytes. */
  checkText: number;
  /** Characters of a comment. */
  comment: number;
}

/** As much as GitHub takes. */
export const GITHUB_LIMITS: Readonly<Limits> = { checkText: 65_535, comment: 65_536 };
