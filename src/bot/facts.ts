import type { RepositoryIdentity } from '../review/reviewRepository.ts';
import { inRepository, type Octokit } from './github.ts';
import type { Job, PullJob } from './job.ts';

/** A job with what GitHub said of it just now. */
export interface Facts {
  readonly job: Job;
  /** The newest commit of the base branch: settings and policies are read there. */
  readonly settingsCommit: string;
  readonly identity: RepositoryIdentity;
  readonly cloneUrl: string;
  readonly htmlUrl: string;
}

/** Asks GitHub for the newest head. Null where there is nothing to review any more. */
export async function factsOf(octokit: Octokit, job: Job): Promise<Facts | null> {
  if (job.kind === 'mergeGroup') {
    const { data } = await octokit.rest.repos.get(inRepository(job));
    return {
      job,
      settingsCommit: job.base,
      ...namesOf(data),
      identity: identityOf(data, data.default_branch),
    };
  }
  const { data } = await octokit.rest.pulls.get({ ...inRepository(job), pull_number: job.number });
  if (data.state !== 'open') return null;
  const { repo, ref, sha } = data.base;
  return {
    job: { ...job, head: data.head.sha },
    settingsCommit: sha,
    ...namesOf(repo),
    identity: identityOf(repo, ref),
  };
}

/** True while the pull request is open and has no newer head. */
export async function isNewest(octokit: Octokit, job: PullJob): Promise<boolean> {
  const { data } = await octokit.rest.pulls.get({ ...inRepository(job), pull_number: job.number });
  return data.state === 'open' && data.head.sha === job.head;
}

interface Addresses {
  readonly clone_url: string;
  readonly html_url: string;
  readonly ssh_url: string;
}

function namesOf({ clone_url: cloneUrl, html_url: htmlUrl }: Addresses): Pick<Facts, 'cloneUrl' | 'htmlUrl'> {
  return { cloneUrl, htmlUrl };
}

function identityOf({ clone_url, html_url, ssh_url }: Addresses, branch: string | null): RepositoryIdentity {
  return { urls: [clone_url, html_url, ssh_url], branch };
}
