import type { Repository, World } from '../world.ts';
import { type Json, nodeId } from './json.ts';
import { userObject } from './user.ts';

/** A repository as webhooks and lists carry it. */
export function repositoryObject(world: World, repository: Repository): Json {
  const { id, name, owner, createdAt, pushedAt, defaultBranch } = repository;
  const open = world.pulls.filter((pull) => pull.repository === repository && pull.state === 'open').length;
  const forks = world.repositories.filter(({ parent, deleted }) => parent === repository && !deleted).length;
  return {
    id,
    node_id: nodeId('Repository', id),
    name,
    full_name: `${owner.login}/${name}`,
    private: repository.private,
    owner: userObject(world, owner),
    description: null,
    fork: repository.parent !== null,
    ...addresses(world, repository),
    homepage: null,
    size: 1,
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    language: null,
    ...FEATURES,
    forks_count: forks,
    forks,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: open,
    open_issues: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.private ? 'private' : 'public',
    default_branch: defaultBranch,
    created_at: createdAt,
    updated_at: pushedAt,
    pushed_at: pushedAt,
    custom_properties: {},
  };
}

/** As GitHub sets up a repository of its own accord. */
const FEATURES: Json = {
  has_issues: true,
  has_projects: true,
  has_downloads: true,
  has_wiki: true,
  has_pages: false,
  has_discussions: false,
};

/** https://docs.github.com/rest/repos/repos#get-a-repository */
export function fullRepositoryObject(world: World, repository: Repository): Json {
  const parent = repository.parent && repositoryObject(world, repository.parent);
  return {
    ...repositoryObject(world, repository),
    network_count: world.repositories.filter((one) => one.parent === repository && !one.deleted).length,
    subscribers_count: 0,
    permissions: { admin: false, maintain: false, push: false, triage: false, pull: false },
    ...(parent === null ? {} : { parent, source: parent }),
  };
}

/** The address of a repository in the API. */
export function repositoryUrl({ api }: World, { owner, name }: Repository): string {
  return `${api}/repos/${owner.login}/${name}`;
}

/** The address of a repository for people. */
export function repositoryPage({ url }: World, { owner, name }: Repository): string {
  return `${url}/${owner.login}/${name}`;
}

function addresses(world: World, repository: Repository): Json {
  const url = repositoryUrl(world, repository);
  const page = repositoryPage(world, repository);
  const { host } = new URL(page);
  return {
    html_url: page,
    url,
    clone_url: `${page}.git`,
    git_url: `git:${page.replace(/^https?:/, '')}.git`,
    ssh_url: `git@${host}:${repository.owner.login}/${repository.name}.git`,
    svn_url: page,
    ...Object.fromEntries(Object.entries(PARTS).map(([field, part]) => [field, `${url}${part}`])),
  };
}

const PARTS: Readonly<Record<string, string>> = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
};
