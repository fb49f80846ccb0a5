import type { ReadCommit } from '../git/readCommit.ts';
import type { Repository, World } from '../world.ts';
import { type Json, nodeId } from './json.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';

/** A commit as webhooks and check suites carry it. */
export function simpleCommitObject({ sha, tree, message, author, committer }: ReadCommit): Json {
  return {
    id: sha,
    tree_id: tree,
    message,
    timestamp: committer.date,
    author: { name: author.name, email: author.email },
    committer: { name: committer.name, email: committer.email },
  };
}

/** https://docs.github.com/rest/commits/commits#get-a-commit, without the files' patches. */
export function commitObject(world: World, repository: Repository, commit: ReadCommit): Json {
  const base = repositoryUrl(world, repository);
  const url = `${base}/commits/${commit.sha}`;
  const page = `${repositoryPage(world, repository)}/commit/${commit.sha}`;
  return {
    url,
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    html_url: page,
    comments_url: `${url}/comments`,
    commit: {
      url: `${base}/git/commits/${commit.sha}`,
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.tree, url: `${base}/git/trees/${commit.tree}` },
      verification: {
        verified: false,
        reason: 'unsigned',
        signature: null,
        payload: null,
        verified_at: null,
      },
    },
    author: null,
    committer: null,
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${base}/commits/${sha}`,
      html_url: `${repositoryPage(world, repository)}/commit/${sha}`,
    })),
  };
}

/** https://docs.github.com/rest/git/refs#get-a-reference */
export function gitRefObject(world: World, repository: Repository, ref: { name: string; sha: string }): Json {
  const base = repositoryUrl(world, repository);
  return {
    ref: ref.name,
    node_id: nodeId('Ref', `${repository.id}:${ref.name}`),
    url: `${base}/git/${ref.name}`,
    object: { type: 'commit', sha: ref.sha, url: `${base}/git/commits/${ref.sha}` },
  };
}
