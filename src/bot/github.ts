import type { Probot, ProbotOctokit } from 'probot';
import type { RepositoryRef } from './job.ts';

/** A client that acts for one installation. */
export type Octokit = InstanceType<typeof ProbotOctokit>;

/** The App on GitHub as it acts: who it is, and clients for its installations. */
export interface GitHubApp {
  readonly id: number;
  /** The App's name in addresses; its comments are by `<slug>[bot]`. */
  readonly slug: string;
  /** The client that acts as the App itself. */
  readonly octokit: Octokit;
  of(installationId: number): Promise<Octokit>;
  /** An installation's token for git; a new one when the old was refused. */
  token(installationId: number, options?: { readonly refresh?: boolean }): Promise<string>;
}

/** Asks GitHub who the App is. @throws where GitHub cannot be reached or refuses the key. */
export async function openApp(probot: Probot): Promise<GitHubApp> {
  const octokit = await probot.auth();
  const { data } = await octokit.rest.apps.getAuthenticated();
  if (data === null) throw new Error('GitHub knows no App with this id and key');
  return {
    id: data.id,
    slug: data.slug ?? data.name,
    octokit,
    of: (installationId) => probot.auth(installationId),
    token: async (installationId, { refresh = false } = {}) => {
      const authentication: unknown = await octokit.auth({ type: 'installation', installationId, refresh });
      if (typeof authentication === 'object' && authentication !== null && 'token' in authentication) {
        return String(authentication.token);
      }
      throw new Error('GitHub gave no installation token');
    },
  };
}

/** The parameters that name a repository in every request. */
export function inRepository({ owner, repo }: RepositoryRef): { owner: string; repo: string } {
  return { owner, repo };
}
