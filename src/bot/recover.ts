import { CONCERNS } from '../model/finding.ts';
import { type GitHubApp, inRepository, type Octokit } from './github.ts';
import type { PullJob, RepositoryRef } from './job.ts';
import { checkName } from './publish/checkRuns.ts';

/**
 * Finds, at start, the open pull requests whose head has no conclusion of ours: what came
 * or was under way while the bot did not run.
 * @param found is told each as soon as it is known.
 * @param failed hears of an installation or repository that GitHub did not answer for;
 *   the others go on.
 */
export async function recover(
  app: GitHubApp,
  { found, failed }: { readonly found: (job: PullJob) => void; readonly failed: (error: unknown) => void },
): Promise<void> {
  const installations = await app.octokit.paginate(app.octokit.rest.apps.listInstallations, {
    per_page: 100,
  });
  for (const { id: installationId } of installations) {
    try {
      const octokit = await app.of(installationId);
      const repositories = await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation, {
        per_page: 100,
      });
      for (const { owner, name } of repositories) {
        const repository = { installationId, owner: owner.login, repo: name };
        await recoverRepository({ octokit, appId: app.id }, repository, found).catch(failed);
      }
    } catch (error) {
      failed(error);
    }
  }
}

/** The App, as it speaks to one of its installations. */
interface Installed {
  readonly octokit: Octokit;
  readonly appId: number;
}

async function recoverRepository(
  installed: Installed,
  repository: RepositoryRef,
  found: (job: PullJob) => void,
): Promise<void> {
  const { octokit } = installed;
  const pulls = await octokit.paginate(octokit.rest.pulls.list, {
    ...inRepository(repository),
    state: 'open',
    per_page: 100,
  });
  for (const { number, head } of pulls) {
    const job = { ...repository, kind: 'pull', number, head: head.sha } as const;
    if (!(await isConcluded(installed, job))) found(job);
  }
}

async function isConcluded({ octokit, appId }: Installed, job: PullJob): Promise<boolean> {
  const runs = await octokit.paginate(octokit.rest.checks.listForRef, {
    ...inRepository(job),
    ref: job.head,
    app_id: appId,
    per_page: 100,
  });
  // A review that was stopped told nothing, and what was stopped for may be the newest head again.
  const done = runs.filter(({ status, conclusion }) => status === 'completed' && conclusion !== 'cancelled');
  const concluded = new Set(done.map(({ name }) => name));
  return CONCERNS.every((concern) => concluded.has(checkName(concern)));
}
