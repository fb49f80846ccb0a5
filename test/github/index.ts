import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AppKeys, createAppKeys } from './appKeys.ts';
import { assertNone, type Violation } from './conformance/violations.ts';
import { type Fault, Faults, type Hold, type Matcher } from './faults.ts';
import { People } from './people.ts';
import { latestRuns } from './rest/checks.ts';
import { type LoggedRequest, type Page, startServer } from './server.ts';
import { waitFor } from './waitFor.ts';
import { type Delivery, Webhooks } from './webhooks.ts';
import { type Annotation, type CheckRun, type Comment, type Pull, type Reaction, World } from './world.ts';

export type { Pull, Repository } from './world.ts';

export interface GitHubOptions {
  /** Where the App listens for webhooks; can be set later, too. */
  readonly webhookUrl?: string;
  /** 0, the default: a free one. */
  readonly port?: number;
}

/** What people do: methods of `People`. */
type Actions = Pick<
  People,
  | 'addRepository'
  | 'openPull'
  | 'push'
  | 'pushBranch'
  | 'collectGarbage'
  | 'comment'
  | 'closePull'
  | 'reopenPull'
  | 'readyForReview'
  | 'changeBase'
  | 'rerequestCheckRun'
  | 'rerequestCheckSuite'
  | 'mergeGroup'
  | 'setPermission'
>;

/** A GitHub of its own, at an address of this machine. */
export interface GitHubEmulator extends Actions {
  /** The App that is installed on every repository. */
  readonly app: AppKeys;
  /** `http://127.0.0.1:<port>`: of pages and Git; the API is there, too, and under `/api/v3`. */
  readonly url: string;
  webhookUrl: string | null;
  readonly deliveries: readonly Delivery[];
  readonly requests: readonly LoggedRequest[];
  readonly violations: readonly Violation[];
  /** @throws an error that lists what did not conform to GitHub's descriptions. */
  assertConforming(): void;
  redeliver(deliveryId: string): Promise<Delivery>;
  /** Comments of a pull request, oldest first. */
  comments(pull: Pull): readonly Comment[];
  /** The newest check run of each name on a commit; all of them with `all`. */
  checkRuns(sha: string, which?: 'latest' | 'all'): readonly CheckRun[];
  annotations(checkRunId: number): readonly Annotation[];
  reactions(commentId: number): readonly Reaction[];
  failNext(fault: Fault): void;
  hold(matcher: Matcher): Hold;
  /** Makes all tokens that were given out invalid, as an hour does. */
  expireTokens(): void;
  /** Waits for something that is neither false, null nor undefined, and gives it. */
  waitFor<T>(
    predicate: () => T | Promise<T>,
    timeoutMs?: number,
  ): Promise<Exclude<T, false | null | undefined>>;
  /** Answers requests whose path matches by the handler, outside of the API. */
  servePage(pattern: RegExp, handler: Page['handler']): void;
  close(): Promise<void>;
}

/** Starts an emulated GitHub; everything is in memory but the Git repositories. */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubEmulator> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hydrant-github-'));
  const world = new World(createAppKeys());
  const violations: Violation[] = [];
  const requests: LoggedRequest[] = [];
  const pages: Page[] = [];
  const faults = new Faults();
  const webhooks = new Webhooks(world, violations);
  webhooks.url = options.webhookUrl ?? null;
  const people = new People(world, webhooks, folder);
  const server = await startServer({ world, faults, violations, requests, pages }, options.port);
  const describe = () => situation({ requests, deliveries: webhooks.deliveries, world });
  return {
    app: world.app,
    url: world.url,
    get webhookUrl() {
      return webhooks.url;
    },
    set webhookUrl(url) {
      webhooks.url = url;
    },
    deliveries: webhooks.deliveries,
    requests,
    violations,
    assertConforming: () => assertNone(violations),
    redeliver: (id) => webhooks.redeliver(id),
    ...actionsOf(people),
    ...readersOf(world),
    failNext: (fault) => faults.failNext(fault),
    hold: (matcher) => faults.hold(matcher),
    expireTokens: () => {
      for (const token of world.tokens.values()) token.expiresAt = 0;
    },
    waitFor: (predicate, timeoutMs) => waitFor(predicate, { timeoutMs, describe }),
    servePage: (pattern, handler) => void pages.push({ pattern, handler }),
    close: async () => {
      webhooks.url = null;
      faults.releaseAll();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      // A git that was just killed may still hold a file for a moment.
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    },
  };
}

function actionsOf(people: People): Actions {
  return {
    addRepository: (wanted) => people.addRepository(wanted),
    openPull: (wanted) => people.openPull(wanted),
    push: (pull, revision) => people.push(pull, revision),
    pushBranch: (repository, branch, revision) => people.pushBranch(repository, branch, revision),
    collectGarbage: (repository) => people.collectGarbage(repository),
    comment: (pull, comment) => people.comment(pull, comment),
    closePull: (pull) => people.closePull(pull),
    reopenPull: (pull) => people.reopenPull(pull),
    readyForReview: (pull) => people.readyForReview(pull),
    changeBase: (pull, branch) => people.changeBase(pull, branch),
    rerequestCheckRun: (id, user) => people.rerequestCheckRun(id, user),
    rerequestCheckSuite: (sha, user) => people.rerequestCheckSuite(sha, user),
    mergeGroup: (group) => people.mergeGroup(group),
    setPermission: (login, permission) => people.setPermission(login, permission),
  };
}

function readersOf(
  world: World,
): Pick<GitHubEmulator, 'comments' | 'checkRuns' | 'annotations' | 'reactions'> {
  return {
    comments: (pull) => world.comments.filter((comment) => comment.pull === pull),
    checkRuns: (sha, which = 'latest') => {
      const all = world.checkRuns.filter(({ headSha }) => headSha === sha);
      return which === 'all' ? all : latestRuns(all);
    },
    annotations: (id) => world.checkRuns.find((run) => run.id === id)?.annotations ?? [],
    reactions: (id) => world.comments.find((comment) => comment.id === id)?.reactions ?? [],
  };
}

/** What had happened when waiting was in vain. */
function situation(parts: {
  readonly requests: readonly LoggedRequest[];
  readonly deliveries: readonly Delivery[];
  readonly world: World;
}): string {
  const deliveries = parts.deliveries.map((one) => `${one.event}.${one.action} -> ${one.status}`);
  const requests = parts.requests.slice(-15).map((one) => `${one.method} ${one.path} -> ${one.status}`);
  const runs = parts.world.checkRuns.map(
    (run) => `${run.name} ${run.status} ${run.conclusion}: ${run.title}`,
  );
  const list = (title: string, lines: readonly string[]) => [
    `${title}:`,
    ...lines.map((line) => `  ${line}`),
  ];
  return [
    ...list('Webhooks', deliveries),
    ...list('Last requests', requests),
    ...list('Check runs', runs),
  ].join('\n');
}
