/** What becomes of a resource in the cluster that Git no longer has. */
export type Fate = 'deleted' | 'kept' | 'unknown';

/** What becomes of it, and why. */
export interface Removal {
  readonly fate: Fate;
  /** Null where it is deleted, or where no operator's object applied it, so that nobody can tell. */
  readonly reason: string | null;
}
