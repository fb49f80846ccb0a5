import type { Probot, ProbotOctokit } from 'probot';
import { authenticate, type Patience } from './authenticate.ts';
import type { RepositoryRef } from './job.ts';
import type { RateLimits } from './rateLimits.ts';

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
  /** A new token of an installation, for git. */
  token(installationId: number): Promise<string>;
}

/**
 * Asks GitHub who the App is.
 * @param options.anew gives the same App without the tokens that it keeps.
 * @param options.limits has requests wait where GitHub asks for it.
 * @throws where GitHub refuses the App's id or key.
 */
export async function openApp(
  probot: Probot,
  { anew, limits, ...patience }: Patience & { readonly anew: () => Probot; readonly limits: RateLimits },
): Promise<GitHubApp> {
  const octokit = held(await probot.auth(), 'app', limits);
  const { id, slug } = await authenticate(octokit, patience);
  return {
    id,
    slug,
    octokit,
    of: async (installationId) => {
      const account = `installation ${installationId}`;
      const client = async (from: Probot) => held(await from.auth(installationId), account, limits);
      return renewing(await client(probot), () => client(anew()));
    },
    token: async (installationId) => {
      const { data: made } = await octokit.rest.apps.createInstallationAccessToken({
        installation_id: installationId,
      });
      return made.token;
    },
  };
}

/** The parameters that name a repository in every request. */
export function inRepository({ owner, repo }: RepositoryRef): { owner: string; repo: string } {
  return { owner, repo };
}

/** A client whose requests wait where GitHub asks for it. */
function held(octokit: Octokit, account: string, limits: RateLimits): Octokit {
  octokit.hook.wrap('request', (request, options) => limits.send(account, async () => request(options)));
  return octokit;
}

/** A client whose token GitHub refuses (expired early, or revoked) gets a new one. */
function renewing(octokit: Octokit, renew: () => Promise<Octokit>): Octokit {
  let renewed: Octokit | undefined;
  octokit.hook.wrap('request', async (request, options) => {
    // The options carry the hook of the client that they were made by.
    const { hook: _, ...ownRequest } = options.request ?? {};
    const again = { ...options, request: ownRequest };
    if (renewed !== undefined) return renewed.request(again);
    try {
      return await request(options);
    } catch (error) {
      if (!(error instanceof Error && 'status' in error && error.status === 401)) throw error;
      renewed = await renew();
      return renewed.request(again);
    }
  });
  return octokit;
}
