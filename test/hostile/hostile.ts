import type { TestFiles } from '../helpers/repository.ts';

/** A pull request that means harm, and what a review must say of it. */
export interface Hostile {
  readonly files: TestFiles;
  /** Files that the base has already, such as settings, which count from there. */
  readonly base?: TestFiles;
  /** A part of what is said to be not validated, or of a finding; null where it is read and harmless. */
  readonly said: string | null;
  /** What is said is a warning, which lets a review pass. */
  readonly isWarned?: true;
}

/** By what they attack. */
export type HostileRepositories = Readonly<Record<string, Hostile>>;
