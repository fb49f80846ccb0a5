/** A repository of an installation. */
export interface RepositoryRef {
  readonly installationId: number;
  readonly owner: string;
  readonly repo: string;
}

/** Something to review: a pull request's newest head, or a merge queue's group. */
export type Job = PullJob | MergeGroupJob;

export interface PullJob extends RepositoryRef {
  readonly kind: 'pull';
  readonly number: number;
  /** The head as far as the event knows; what is reviewed is the newest one. */
  readonly head: string;
}

export interface MergeGroupJob extends RepositoryRef {
  readonly kind: 'mergeGroup';
  readonly head: string;
  readonly base: string;
}

/** What may have only one review at a time. */
export function keyOf(job: Job): string {
  const subject = job.kind === 'pull' ? `#${job.number}` : `@${job.head}`;
  return `${job.owner}/${job.repo}${subject}`;
}

/**
 * What a check run keeps of its job, so that it can be run again: GitHub names no pull
 * request in the events of forks.
 */
export function toExternalId(job: Job): string {
  return job.kind === 'pull' ? `pull:${job.number}` : `merge:${job.base}`;
}

/** The job of a check run; null where the external id is none of ours. */
export function fromExternalId(
  repository: RepositoryRef,
  head: string,
  externalId: string | null,
): Job | null {
  const [kind, value = ''] = (externalId ?? '').split(':');
  if (kind === 'pull' && /^\d+$/.test(value))
    return { ...repository, kind: 'pull', number: Number(value), head };
  if (kind === 'merge' && /^[0-9a-f]{40,64}$/.test(value))
    return { ...repository, kind: 'mergeGroup', head, base: value };
  return null;
}
