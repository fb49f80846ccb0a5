import { execFile } from 'node:child_process';
import { createHmac, createSign, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import { verify } from '@octokit/webhooks-methods';
import { Probot } from 'probot';
import { createAppKeys } from '../../src/emulator/appKeys.ts';
import type { Pull, Repository } from '../../src/emulator/startGitHub.ts';
import { createRepository, type TestRepository } from '../helpers/repository.ts';
import { startGitHub, type TestGitHub } from './github.ts';

const nameOf = ({ event, payload }: Received) => `${event}.${payload.action}`;

interface Received {
  readonly event: string;
  readonly signature: string;
  readonly text: string;
  readonly payload: { readonly action: string };
}

let github: TestGitHub;
let source: TestRepository;
let repo: Repository;
let received: Received[];
let stopListener: () => Promise<void>;

beforeEach(async () => {
  received = [];
  const listener = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += String(chunk);
    });
    request.on('end', () => {
      const { 'x-github-event': event, 'x-hub-signature-256': signature } = request.headers;
      received.push({ event: String(event), signature: String(signature), text, payload: JSON.parse(text) });
      response.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  stopListener = () =>
    new Promise((resolve) => {
      listener.close(() => resolve());
      listener.closeAllConnections();
    });
  const { port } = listener.address() as AddressInfo;
  github = await startGitHub({ webhookUrl: `http://127.0.0.1:${port}/hook` });
  source = await createRepository();
  await source.commit({ 'a.yaml': 'a: 1\n' });
  repo = await github.addRepository({ owner: 'acme', name: 'gitops', gitDir: source.gitDir });
});

afterEach(async () => {
  await github.close();
  await stopListener();
});

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };
const where = { owner: 'acme', repo: 'gitops' };

function appClient(): Octokit {
  const { id, privateKey } = github.app;
  return new Octokit({
    baseUrl: `${github.url}/api/v3`,
    authStrategy: createAppAuth,
    auth: { appId: id, privateKey },
    log: QUIET,
  });
}

/** A client of the installation, and its token. */
async function installed(limits: object = {}): Promise<{ client: Octokit; token: string }> {
  const app = appClient();
  const { data } = await app.rest.apps.getRepoInstallation(where);
  const { data: made } = await app.rest.apps.createInstallationAccessToken({
    installation_id: data.id,
    ...limits,
  });
  return { client: new Octokit({ baseUrl: github.url, auth: made.token, log: QUIET }), token: made.token };
}

async function openPull(): Promise<Pull> {
  await source.commit({ 'a.yaml': 'a: 2\n' }, { branch: 'change' });
  return github.openPull({ repo, head: 'change', title: 'A change' });
}

describe('a whole review over the API', () => {
  test('goes through with real clients and conforms to the descriptions', async () => {
    const { data: app } = await appClient().rest.apps.getAuthenticated();
    expect(app?.slug).toBe('hydrant');
    expect((await appClient().rest.apps.listInstallations()).data).toHaveLength(1);
    const { client } = await installed();
    const { data: repositories } = await client.rest.apps.listReposAccessibleToInstallation();
    expect(repositories.repositories.map(({ full_name }) => full_name)).toEqual(['acme/gitops']);
    expect((await client.rest.repos.get(where)).data.default_branch).toBe('main');

    const pull = await openPull();
    const { data: read } = await client.rest.pulls.get({ ...where, pull_number: pull.number });
    expect(read).toMatchObject({
      head: { sha: pull.headSha, ref: 'change' },
      changed_files: 1,
      additions: 1,
    });

    const annotations = [1, 2].map((line) => ({
      path: 'a.yaml',
      start_line: line,
      end_line: line,
      annotation_level: 'failure' as const,
      message: `line ${line}`,
    }));
    const created = await client.rest.checks.create({
      ...where,
      name: 'hydrant/render',
      head_sha: pull.headSha,
      status: 'in_progress',
      output: { title: 'Working', summary: 'So far', annotations: annotations.slice(0, 1) },
    });
    const check_run_id = created.data.id;
    await client.rest.checks.update({
      ...where,
      check_run_id,
      conclusion: 'failure',
      output: { title: 'Two', summary: 'All', annotations: annotations.slice(1) },
    });
    const { data: run } = await client.rest.checks.get({ ...where, check_run_id });
    expect(run).toMatchObject({
      status: 'completed',
      conclusion: 'failure',
      output: { annotations_count: 2 },
    });
    expect(run.pull_requests.map(({ number }) => number)).toEqual([pull.number]);
    const listed = await client.rest.checks.listAnnotations({ ...where, check_run_id });
    expect(listed.data.map(({ start_line }) => start_line)).toEqual([1, 2]);
    const runs = await client.rest.checks.listForRef({ ...where, ref: pull.headSha, app_id: github.app.id });
    expect(runs.data.check_runs.map(({ name }) => name)).toEqual(['hydrant/render']);
    const suites = await client.rest.checks.listSuitesForRef({ ...where, ref: 'change' });
    expect(suites.data.check_suites).toMatchObject([{ conclusion: 'failure', head_branch: 'change' }]);

    const asked = await github.comment(pull, { user: 'alice', body: '/hydrant validate' });
    await client.rest.reactions.createForIssueComment({ ...where, comment_id: asked.id, content: 'eyes' });
    await client.rest.reactions.createForIssueComment({ ...where, comment_id: asked.id, content: 'eyes' });
    const { data: reactions } = await client.rest.reactions.listForIssueComment({
      ...where,
      comment_id: asked.id,
    });
    expect(reactions.map(({ content, user }) => [content, user?.login])).toEqual([['eyes', 'hydrant[bot]']]);
    const [reaction] = reactions;
    await client.rest.reactions.deleteForIssueComment({
      ...where,
      comment_id: asked.id,
      reaction_id: reaction?.id ?? 0,
    });
    expect(github.reactions(asked.id)).toEqual([]);

    const answer = await client.rest.issues.createComment({ ...where, issue_number: 1, body: 'first' });
    await client.rest.issues.updateComment({ ...where, comment_id: answer.data.id, body: 'second' });
    const own = await client.rest.issues.getComment({ ...where, comment_id: answer.data.id });
    expect(own.data).toMatchObject({ body: 'second', performed_via_github_app: { id: github.app.id } });
    expect(github.comments(pull).map(({ user, body }) => [user.login, body])).toEqual([
      ['alice', '/hydrant validate'],
      ['hydrant[bot]', 'second'],
    ]);
    await client.rest.issues.deleteComment({ ...where, comment_id: answer.data.id });
    expect((await client.rest.issues.listComments({ ...where, issue_number: 1 })).data).toHaveLength(1);
    const commit = await client.rest.repos.getCommit({ ...where, ref: pull.headSha });
    expect(commit.data.sha).toBe(pull.headSha);
    const ref = await client.rest.git.getRef({ ...where, ref: 'heads/main' });
    expect(ref.data.object.sha).toBe(pull.baseSha);
    github.assertConforming();
  });

  test('lists pull requests in pages that their links lead through', async () => {
    const { client } = await installed();
    await openPull();
    for (const name of ['b', 'c', 'd', 'e']) {
      await source.commit({ [name]: name }, { branch: name });
      await github.openPull({ repo, head: name, draft: name === 'e' });
    }
    const pulls = await client.paginate(client.rest.pulls.list, { ...where, per_page: 2 });
    expect(pulls.map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
    expect(github.requests.filter(({ path }) => path.includes('/pulls?'))).toHaveLength(3);
    github.assertConforming();
  });

  test('lists commits of a branch, and the pull requests of a commit', async () => {
    const { client } = await installed();
    const pull = await openPull();
    const listed = await client.paginate(client.rest.repos.listCommits, {
      ...where,
      sha: 'change',
      per_page: 1,
    });
    expect(listed.map(({ sha }) => sha)).toEqual([pull.headSha, pull.baseSha]);
    const touching = await client.rest.repos.listCommits({ ...where, sha: 'change', path: 'no.yaml' });
    expect(touching.data).toEqual([]);
    const of = { ...where, commit_sha: pull.headSha };
    const pulls = await client.rest.repos.listPullRequestsAssociatedWithCommit(of);
    expect(pulls.data.map(({ number }) => number)).toEqual([pull.number]);
    github.assertConforming();
  });

  test('knows what people may do', async () => {
    const { client } = await installed();
    github.setPermission('alice', 'write');
    github.setPermission('bob', 'none');
    const permission = async (username: string) =>
      (await client.rest.repos.getCollaboratorPermissionLevel({ ...where, username })).data.permission;
    expect(await permission('alice')).toBe('write');
    expect(await permission('bob')).toBe('none');
    // Newer roles appear as the old level beneath.
    github.setPermission('carol', 'maintain');
    github.setPermission('dave', 'triage');
    expect(await permission('carol')).toBe('write');
    expect(await permission('dave')).toBe('read');
    const { data } = await client.rest.repos.getCollaboratorPermissionLevel({ ...where, username: 'dave' });
    expect(data).toMatchObject({ role_name: 'triage', user: { permissions: { push: false, triage: true } } });
    await expect(permission('nobody')).rejects.toMatchObject({ status: 404 });
    github.assertConforming();
  });
});

describe('webhooks', () => {
  test('are signed, conform to the published schemas and follow each action', async () => {
    const { client } = await installed();
    const pull = await openPull();
    const before = pull.headSha;
    const next = await source.commit({ 'a.yaml': 'a: 3\n' }, { branch: 'change' });
    await github.push(pull, next);
    await github.comment(pull, { user: 'alice', body: 'hi' });
    await github.closePull(pull);
    await github.reopenPull(pull);
    await github.readyForReview(pull);
    await github.pushBranch(repo, 'release', 'main');
    await github.changeBase(pull, 'release');
    const made = await client.rest.checks.create({
      ...where,
      name: 'hydrant/render',
      head_sha: next,
      conclusion: 'success',
    });
    await github.rerequestCheckRun(made.data.id);
    await github.rerequestCheckSuite(next);
    await github.mergeGroup({ repo, base: 'main', head: 'change' });
    await github.settled();
    github.assertConforming();
    const byApp = (one: Received) => one.event.startsWith('check_') && one.payload.action !== 'rerequested';
    expect(received.filter(byApp).map(nameOf).toSorted()).toEqual([
      'check_run.completed',
      'check_run.created',
      'check_suite.completed',
      ...Array.from({ length: 3 }, () => 'check_suite.requested'),
    ]);
    const byPeople = received.filter((one) => !byApp(one));
    expect(byPeople.map(nameOf)).toEqual([
      'pull_request.opened',
      'pull_request.synchronize',
      'issue_comment.created',
      'pull_request.closed',
      'pull_request.reopened',
      'pull_request.ready_for_review',
      'pull_request.edited',
      'check_run.rerequested',
      'check_suite.rerequested',
      'merge_group.checks_requested',
    ]);
    expect(byPeople[1]?.payload).toMatchObject({ before, after: next });
    expect(byPeople[6]?.payload).toMatchObject({ changes: { base: { ref: { from: 'main' } } } });
    expect(github.deliveries.map(({ status }) => status)).toEqual(received.map(() => 202));
    for (const { text, signature } of received) {
      expect(await verify(github.app.webhookSecret, text, signature)).toBe(true);
    }
  });

  test('tell the App of its own comments, and can be sent again', async () => {
    const { client } = await installed();
    await openPull();
    await client.rest.issues.createComment({ ...where, issue_number: 1, body: 'me' });
    const told = await github.waitFor(() => received.find(({ event }) => event === 'issue_comment'));
    expect(told.payload).toMatchObject({ sender: { login: 'hydrant[bot]', type: 'Bot' } });
    await github.redeliver(github.deliveries[0]?.id ?? '');
    expect(received.at(-1)?.text).toBe(received[0]?.text);
    github.assertConforming();
  });

  test('are valid to the library that the App listens with', async () => {
    const { webhookSecret: secret, id: appId, privateKey } = github.app;
    const probot = new Probot({ secret, appId, privateKey, logLevel: 'fatal' });
    await probot.ready();
    const { webhooks } = probot;
    const heads: string[] = [];
    webhooks.on('pull_request.opened', ({ payload }) => void heads.push(payload.pull_request.head.sha));
    const pull = await openPull();
    const { event, text, signature } = received[0] ?? {};
    const sent = { id: '1', name: event ?? '', payload: text ?? '' };
    await webhooks.verifyAndReceive({ ...sent, signature: signature ?? '' });
    expect(heads).toEqual([pull.headSha]);
    await expect(
      webhooks.verifyAndReceive({ ...sent, signature: `sha256=${'0'.repeat(64)}` }),
    ).rejects.toThrow('signature does not match');
  });

  test('ask for checks on each new commit of the repository, and not of a fork', async () => {
    const { client } = await installed();
    const pull = await openPull();
    const [suite, ...more] = github.checkSuites(pull.headSha);
    expect(more).toEqual([]);
    expect(received.map(nameOf)).toEqual(['pull_request.opened', 'check_suite.requested']);
    const requested = { head_branch: 'change', head_sha: pull.headSha, status: 'queued', conclusion: null };
    expect(received[1]?.payload).toMatchObject({ check_suite: { id: suite?.id, ...requested } });
    const check_suite_id = suite?.id ?? 0;
    expect((await client.rest.checks.getSuite({ ...where, check_suite_id })).data).toMatchObject(requested);
    await client.rest.checks.create({ ...where, name: 'x', head_sha: pull.headSha });
    const runs = await client.rest.checks.listForSuite({ ...where, check_suite_id });
    expect(runs.data.check_runs).toMatchObject([{ name: 'x', check_suite: { id: check_suite_id } }]);

    await source.commit({ 'a.yaml': 'a: 9\n' }, { branch: 'foreign' });
    const forked = await github.openPull({ repo, head: 'foreign', author: 'mallory', fork: true });
    expect(github.checkSuites(forked.headSha)).toEqual([]);
    github.assertConforming();
  });

  test('follow a push to a branch that is the head of a pull request', async () => {
    const pull = await openPull();
    const next = await source.commit({ 'a.yaml': 'a: 3\n' }, { branch: 'change' });
    expect(await github.pushBranch(repo, 'change', next)).toBe(next);
    expect(github.pull(repo, pull.number)?.headSha).toBe(next);
    expect(received.map(nameOf)).toEqual([
      'pull_request.opened',
      'check_suite.requested',
      'pull_request.synchronize',
      'check_suite.requested',
    ]);
    // Nothing moves: nothing is told.
    await github.pushBranch(repo, 'change', next);
    expect(received).toHaveLength(4);
    github.assertConforming();
  });

  test('come only when the App subscribed to them', async () => {
    const other = await startGitHub({ webhookUrl: github.webhookUrl ?? '', events: ['issue_comment'] });
    const there = await other.addRepository({ owner: 'acme', name: 'gitops', gitDir: source.gitDir });
    await source.commit({ 'a.yaml': 'a: 2\n' }, { branch: 'change' });
    const pull = await other.openPull({ repo: there, head: 'change' });
    await other.comment(pull, { user: 'alice', body: 'hi' });
    // A check suite is asked for in any case.
    expect(received.map(nameOf)).toEqual(['check_suite.requested', 'issue_comment.created']);
    expect(other.deliveries).toMatchObject([{ event: 'pull_request', status: null }, {}, {}]);
    await other.close();
  });

  test('name the fork that a pull request comes from', async () => {
    const { client } = await installed();
    await source.commit({ 'a.yaml': 'a: 2\n' }, { branch: 'change' });
    const pull = await github.openPull({ repo, head: 'change', author: 'mallory', fork: true });
    const head = { label: 'mallory:change', repo: { full_name: 'mallory/gitops', fork: true } };
    expect(received[0]?.payload).toMatchObject({ pull_request: { head } });
    const made = await client.rest.checks.create({
      ...where,
      name: 'x',
      head_sha: pull.headSha,
      conclusion: 'neutral',
    });
    expect(made.data.pull_requests).toEqual([]);
    await github.rerequestCheckRun(made.data.id);
    const rerequested = received.find(({ payload }) => payload.action === 'rerequested');
    expect(rerequested?.payload).toMatchObject({ check_run: { check_suite: { head_branch: null } } });
    await expect(client.rest.git.getRef({ ...where, ref: 'heads/change' })).rejects.toMatchObject({
      status: 404,
    });
    github.assertConforming();
  });
});

describe('a fork that was deleted', () => {
  test('is null in pull requests, whose commits stay', async () => {
    const { client } = await installed();
    await source.commit({ 'a.yaml': 'a: 2\n' }, { branch: 'change' });
    const pull = await github.openPull({ repo, head: 'change', author: 'mallory', fork: true });
    github.deleteFork(pull);
    const { data: read } = await client.rest.pulls.get({ ...where, pull_number: pull.number });
    expect(read.head).toMatchObject({ repo: null, sha: pull.headSha, label: 'mallory:change' });
    expect((await client.rest.pulls.list(where)).data[0]?.head.repo).toBeNull();
    await github.closePull(pull);
    expect(received.at(-1)?.payload).toMatchObject({ pull_request: { head: { repo: null } } });
    const ref = await client.rest.git.getRef({ ...where, ref: `pull/${pull.number}/head` });
    expect(ref.data.object.sha).toBe(pull.headSha);
    github.assertConforming();
  });
});

describe('Git over smart HTTP', () => {
  const git = async (dir: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    (
      await promisify(execFile)('git', ['-C', dir, ...args], {
        env: { ...process.env, GIT_TERMINAL_PROMPT: '0', ...env },
      })
    ).stdout;
  /** The token neither in the address nor among the arguments. */
  const bearing = (token: string) => ({
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${github.url}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`,
  });
  const plain = () => `${github.url}/acme/gitops.git`;
  const urlWith = (token: string) =>
    `${github.url.replace('://', `://x-access-token:${token}@`)}/acme/gitops.git`;

  test('gives heads of pull requests and any commit to who has a token', async () => {
    const { token } = await installed();
    const pull = await openPull();
    const old = pull.headSha;
    await source.commit({ 'a.yaml': 'a: 4\n' }, { branch: 'other', parent: 'main' });
    await github.push(pull, 'other');
    const clone = await createRepository();
    await git(clone.dir, [
      'fetch',
      '-q',
      '--filter=blob:none',
      '--depth=1',
      urlWith(token),
      old,
      'refs/pull/1/head',
    ]);
    expect(await git(clone.dir, ['cat-file', '-t', old])).toBe('commit\n');
    expect(await git(clone.dir, ['cat-file', '-t', pull.headSha])).toBe('commit\n');
    await github.collectGarbage(repo);
    await expect(git(clone.dir, ['fetch', '-q', '--refetch', urlWith(token), old])).rejects.toThrow(
      'not our ref',
    );
  });

  test('takes the token from a header, and no push', async () => {
    const { token } = await installed();
    const pull = await openPull();
    const clone = await createRepository();
    await git(clone.dir, ['fetch', '-q', plain(), 'refs/pull/1/head'], bearing(token));
    expect(await git(clone.dir, ['cat-file', '-t', pull.headSha])).toBe('commit\n');
    const push = ['push', '-q', plain(), `${pull.headSha}:refs/heads/mine`];
    await expect(git(clone.dir, push, bearing(token))).rejects.toThrow('403');
    expect(github.requests.at(-1)).toMatchObject({ status: 403 });
    github.assertConforming();
  });

  test('gives many and large objects', async () => {
    const { token } = await installed();
    const files = Array.from({ length: 40 }, (_, index) => [`${index}.bin`, randomBytes(100_000)] as const);
    await source.commit(Object.fromEntries(files), { branch: 'large' });
    const sha = await github.pushBranch(repo, 'large', 'large');
    const clone = await createRepository();
    await git(clone.dir, ['fetch', '-q', plain(), 'large'], bearing(token));
    expect((await git(clone.dir, ['ls-tree', sha])).trim().split('\n')).toHaveLength(41);
    expect(await git(clone.dir, ['fsck', '--full', '--no-dangling'])).toBe('');
  });

  test('is open to everybody where the repository is public', async () => {
    await github.addRepository({ owner: 'acme', name: 'open', gitDir: source.gitDir, private: false });
    const clone = await createRepository();
    await git(clone.dir, ['fetch', '-q', `${github.url}/acme/open.git`, 'main']);
    await expect(git(clone.dir, ['fetch', '-q', plain(), 'main'])).rejects.toThrow('could not read Username');
  });

  test('needs a token that may read the contents of that very repository', async () => {
    await github.addRepository({ owner: 'acme', name: 'other', gitDir: source.gitDir });
    const clone = await createRepository();
    const fetching = async (limits: object) => {
      const { token } = await installed(limits);
      return git(clone.dir, ['fetch', '-q', plain(), 'main'], bearing(token));
    };
    await expect(fetching({ permissions: { checks: 'write' } })).rejects.toThrow('403');
    await expect(fetching({ repositories: ['other'] })).rejects.toThrow('not found');
    await expect(fetching({ permissions: { contents: 'read' }, repositories: ['gitops'] })).resolves.toBe('');
  });

  test('refuses who has none, and one that expired', async () => {
    const { token } = await installed();
    const clone = await createRepository();
    await expect(git(clone.dir, ['fetch', '-q', urlWith('ghs_wrong'), 'main'])).rejects.toThrow(
      'Authentication failed',
    );
    github.expireTokens();
    await expect(git(clone.dir, ['fetch', '-q', urlWith(token), 'main'])).rejects.toThrow(
      'Authentication failed',
    );
    expect(JSON.stringify(github.requests)).not.toContain(token);
  });
});

describe('what GitHub refuses', () => {
  test('a token that expired', async () => {
    const { client } = await installed();
    github.expireTokens();
    await expect(client.rest.repos.get(where)).rejects.toMatchObject({
      status: 401,
      response: { data: { message: 'Bad credentials' } },
    });
    github.assertConforming();
  });

  interface Claims {
    readonly exp?: number;
    readonly iat?: number;
    readonly iss?: number;
    readonly alg?: string;
  }
  test.each<[string, Claims, string]>([
    ['is too old', { exp: -1 }, "claim ('exp') must be a numeric value in the future"],
    ['lives too long', { exp: 3600 }, "claim ('exp') is too far in the future"],
    ['is from the future', { iat: 600 }, "claim ('iat') must be an Integer in the past"],
    ['is of another App', { iss: 1 }, "claim ('iss')"],
    ['has no signature of the key', { alg: 'HS256' }, 'could not be decoded'],
  ])('a JWT that %s', async (_, { exp = 60, iat = 0, iss = github.app.id, alg = 'RS256' }, message) => {
    const time = Math.floor(Date.now() / 1000);
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part({ alg, typ: 'JWT' })}.${part({ iat: time + iat, exp: time + exp, iss })}`;
    const signature =
      alg === 'RS256'
        ? createSign('RSA-SHA256').update(signed).sign(github.app.privateKey, 'base64url')
        : createHmac('sha256', github.app.privateKey).update(signed).digest('base64url');
    const headers = { authorization: `Bearer ${signed}.${signature}` };
    const response = await fetch(`${github.url}/app`, { headers });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ message: expect.stringContaining(message) });
    github.assertConforming();
  });

  test('what the token is not allowed, and tokens that would be allowed more than the App', async () => {
    const pull = await openPull();
    const { client } = await installed({ permissions: { checks: 'read', contents: 'read' } });
    const refused = { status: 403, message: expect.stringContaining('not accessible by integration') };
    const check = { ...where, name: 'x', head_sha: pull.headSha };
    await expect(client.rest.checks.create(check)).rejects.toMatchObject(refused);
    await expect(client.rest.pulls.list(where)).rejects.toMatchObject(refused);
    await expect(
      client.rest.issues.createComment({ ...where, issue_number: 1, body: 'x' }),
    ).rejects.toMatchObject(refused);
    expect((await client.rest.checks.listForRef({ ...where, ref: pull.headSha })).data.check_runs).toEqual(
      [],
    );
    await expect(installed({ permissions: { contents: 'write' } })).rejects.toMatchObject({ status: 422 });
    github.assertConforming();
  });

  test('what the whole App was not granted', async () => {
    await github.close();
    github = await startGitHub({ permissions: { metadata: 'read', pull_requests: 'read' } });
    await github.addRepository({ owner: 'acme', name: 'gitops', gitDir: source.gitDir });
    const { client } = await installed();
    expect((await client.rest.pulls.list(where)).data).toEqual([]);
    const check = { ...where, name: 'x', head_sha: await source.git(['rev-parse', 'main']) };
    await expect(client.rest.checks.create(check)).rejects.toMatchObject({ status: 403 });
    github.assertConforming();
  });

  test('an App that signs with another key', async () => {
    const { privateKey } = createAppKeys();
    const auth = { appId: github.app.id, privateKey };
    const client = new Octokit({ baseUrl: github.url, authStrategy: createAppAuth, auth, log: QUIET });
    await expect(client.rest.apps.getAuthenticated()).rejects.toMatchObject({ status: 401 });
  });

  test('more than 50 annotations at once, and comments that are too long', async () => {
    const { client } = await installed();
    const pull = await openPull();
    const annotation = {
      path: 'a',
      start_line: 1,
      end_line: 1,
      annotation_level: 'notice' as const,
      message: 'm',
    };
    const output = { title: 't', summary: 's', annotations: Array.from({ length: 51 }, () => annotation) };
    const check = { ...where, name: 'x', head_sha: pull.headSha, output };
    await expect(client.rest.checks.create(check)).rejects.toMatchObject({ status: 422 });
    expect(() => github.assertConforming()).toThrow(/annotations must NOT have more than 50 items/);
    const comment = { ...where, issue_number: 1, body: 'x'.repeat(65_537) };
    await expect(client.rest.issues.createComment(comment)).rejects.toThrow('maximum is 65536 characters');
    await expect(
      client.rest.issues.createComment({ ...comment, body: 'x'.repeat(65_536) }),
    ).resolves.toBeDefined();
  });

  test('texts of check runs with too many bytes, however few characters, and parts of annotations', async () => {
    const { client } = await installed();
    const { headSha: head_sha } = await openPull();
    const create = (output: object) =>
      client.rest.checks.create({
        ...where,
        name: 'x',
        head_sha,
        output: { title: 't', summary: 's', ...output },
      });
    const annotation = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'notice', message: 'm' };
    const annotated = (fields: object) => create({ annotations: [{ ...annotation, ...fields }] });
    await expect(create({ summary: 'я'.repeat(32_768) })).rejects.toThrow('65536 were supplied');
    await expect(create({ text: '🚀'.repeat(16_384) })).rejects.toMatchObject({ status: 422 });
    await expect(annotated({ message: '設'.repeat(21_846) })).rejects.toThrow('longer than 64 KB');
    await expect(annotated({ raw_details: '設'.repeat(21_846) })).rejects.toThrow('longer than 64 KB');
    await expect(annotated({ title: 'x'.repeat(256) })).rejects.toThrow('longer than 255 characters');
    await expect(create({ summary: 'я'.repeat(32_767) })).resolves.toBeDefined();
    await expect(annotated({ message: '設'.repeat(21_845) })).resolves.toBeDefined();
    github.assertConforming();
  });

  test('a check run on a commit that it does not have', async () => {
    const { client } = await installed();
    const check = { ...where, name: 'x', head_sha: '1'.repeat(40) };
    await expect(client.rest.checks.create(check)).rejects.toThrow('No commit found for SHA');
    github.assertConforming();
  });
});

describe('requests that do not conform are noted and refused', () => {
  test.each([
    [
      'a wrong value',
      'POST',
      '/check-runs',
      { name: 'x', head_sha: 'y', status: 'done' },
      /body\/status must be equal/,
    ],
    ['a missing field', 'POST', '/check-runs', { name: 'x' }, /must have required property 'head_sha'/],
    ['an unknown field', 'POST', '/issues/1/comments', { body: 'x', colour: 1 }, /additional properties/],
    [
      'an unknown parameter',
      'GET',
      '/pulls?perpage=3',
      undefined,
      /query must NOT have additional properties/,
    ],
    [
      'a parameter of another type',
      'GET',
      '/pulls?per_page=many',
      undefined,
      /query\/per_page must be integer/,
    ],
    ['an operation that does not exist', 'GET', '/pull', undefined, /GitHub has no such operation/],
    ['an operation without emulation', 'GET', '/topics', undefined, /not emulated/],
  ])('%s', async (...[, method, path, body, message]) => {
    const { token } = await installed();
    await openPull();
    const response = await fetch(`${github.url}/repos/acme/gitops${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect([404, 422]).toContain(response.status);
    expect(() => github.assertConforming()).toThrow(message);
  });
});

describe('faults', () => {
  test('come as often as asked, and are in the log', async () => {
    const { client } = await installed();
    github.failNext({ path: /^\/repos\/acme\/gitops$/, status: 502, times: 2 });
    github.failNext({
      method: 'get',
      status: 403,
      headers: { 'retry-after': '1' },
      message: 'secondary rate limit',
    });
    const get = () => client.rest.repos.get(where);
    await expect(get()).rejects.toMatchObject({ status: 502 });
    await expect(get()).rejects.toMatchObject({ status: 502 });
    await expect(get()).rejects.toMatchObject({ status: 403, response: { headers: { 'retry-after': '1' } } });
    await expect(get()).resolves.toBeDefined();
    expect(github.requests.slice(-4).map(({ status }) => status)).toEqual([502, 502, 403, 200]);
  });

  test('do not excuse a request that does not conform', async () => {
    const { token } = await installed();
    github.failNext({ status: 500 });
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${github.url}/repos/acme/gitops/pulls?perpage=3`, { headers });
    expect(response.status).toBe(500);
    expect(() => github.assertConforming()).toThrow('query must NOT have additional properties');
    const unauthorized = await fetch(`${github.url}/repos/acme/gitops/check-runs`, {
      method: 'POST',
      body: '{',
    });
    expect(unauthorized.status).toBe(401);
    expect(() => github.assertConforming()).toThrow('body is not JSON');
  });

  test('the connection can end without an answer, and answers can take long', async () => {
    const { client } = await installed();
    github.failNext({ path: /gitops$/, status: 'hang-up' });
    await expect(client.rest.repos.get(where)).rejects.toThrow();
    expect(github.requests.at(-1)?.status).toBe(0);
    github.slowNext({ path: /gitops$/, ms: 300 });
    const started = performance.now();
    await client.rest.repos.get(where);
    expect(performance.now() - started).toBeGreaterThan(290);
    github.assertConforming();
  });

  test('requests can be held and let go', async () => {
    const { client } = await installed();
    const pull = await openPull();
    const hold = github.hold({ method: 'POST', path: /\/comments$/ });
    const comment = client.rest.issues.createComment({ ...where, issue_number: 1, body: 'x' });
    await hold.reached;
    expect(github.comments(pull)).toEqual([]);
    hold.release();
    await comment;
    expect(github.comments(pull)).toHaveLength(1);
  });

  test('waiting in vain says how things stand', async () => {
    await openPull();
    await expect(github.waitFor(() => false, 30)).rejects.toThrow('pull_request.opened -> 202');
  });
});

test('serves pages beside the API', async () => {
  github.servePage(/^\/acme\/gitops\/pull\/\d+$/, (_, response) => void response.end('a page'));
  expect(await (await fetch(`${github.url}/acme/gitops/pull/1`)).text()).toBe('a page');
});
