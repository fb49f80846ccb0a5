import { packageVersion } from '../settings/packageVersion.ts';

const VERSION = packageVersion();

/** A repository of an installation. */
export interface RepositoryRef {
  readonly installationId: number;
  readonly owner: string;
  readonly repo: string;
}

/** Something to review: a pull request's newest head, or a merge queue's group. */
export type Job = PullJob | MergeGroupJob;

/** Whether a head is reviewed that was reviewed before. */
interface Asked extends RepositoryRef {
  /** True where it is whatever was concluded: somebody asks for it, or something was not to be had then. */
  readonly again?: boolean;
  /** Of what happened at that time (milliseconds): it is where the review before it began earlier. */
  readonly since?: number;
}

export interface PullJob extends Asked {
  readonly kind: 'pull';
  readonly number: number;
  /** The head as far as the event knows; what is reviewed is the newest one. */
  readonly head: string;
}

export interface MergeGroupJob extends Asked {
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
 * What a check run keeps of its job: first what it was for, so that it can be run again, as GitHub names no pull
 * request in the events of forks; then what was reviewed, and by which version of Hydrant.
 * @param settings the digest of the base branch's settings; null where the review is not, or not wholly, done.
 */
export function toExternalId(job: Job, settings: string | null = null): string {
  const subject = job.kind === 'pull' ? `pull:${job.number}` : `merge:${job.base}`;
  const done = settings === null ? '' : ` settings=${settings}`;
  return `${subject} head=${job.head} hydrant=${VERSION}${done}`;
}

/** True where the external id is of a whole review of the job's head by this version of Hydrant, whatever its settings. */
export function isWholeReview(job: Job, externalId: string | null): externalId is string {
  return externalId?.startsWith(`${toExternalId(job)} settings=`) ?? false;
}

/** The job of a check run; null where the external id is none of ours. */
export function fromExternalId(
  repository: RepositoryRef,
  head: string,
  externalId: string | null,
): Job | null {
  const [subject = ''] = (externalId ?? '').split(' ', 1);
  const [kind, value = ''] = subject.split(':');
  if (kind === 'pull' && /^\d+$/.test(value))
    return { ...repository, kind: 'pull', number: Number(value), head };
  if (kind === 'merge' && /^[0-9a-f]{40,64}$/.test(value))
    return { ...repository, kind: 'mergeGroup', head, base: value };
  return null;
}
