import type { AppKeys } from './appKeys.ts';
import { GITHUB_LIMITS, type Limits } from './limits.ts';

/** A person, an App's bot or an organization. */
export interface Account {
  readonly login: string;
  readonly id: number;
  readonly type: 'User' | 'Bot' | 'Organization';
}

/** https://docs.github.com/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization */
export type Permission = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none';

/** A repository on the emulated GitHub; forks of pull requests are such too. */
export interface Repository {
  readonly id: number;
  readonly owner: Account;
  readonly name: string;
  /** The bare repository that is served. */
  readonly gitDir: string;
  /** The local repository that commits are taken from. */
  readonly source: string;
  readonly defaultBranch: string;
  /** The repository that this one was forked from. */
  readonly parent: Repository | null;
  readonly createdAt: string;
  /** What anybody may fetch is not private. */
  readonly private: boolean;
  pushedAt: string;
  /** Its owner removed it; pull requests from it stay. */
  deleted: boolean;
}

/** A pull request, as it is at the moment. */
export interface Pull {
  readonly id: number;
  readonly number: number;
  readonly repository: Repository;
  readonly author: Account;
  readonly title: string;
  readonly body: string | null;
  readonly headRepository: Repository;
  readonly headBranch: string;
  headSha: string;
  baseBranch: string;
  baseSha: string;
  state: 'open' | 'closed';
  draft: boolean;
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  /** What the pull request changes, as `git diff --shortstat` counts it. */
  size: PullSize;
}

export interface PullSize {
  readonly commits: number;
  readonly changedFiles: number;
  readonly additions: number;
  readonly deletions: number;
}

/** An annotation as the App asked for it. */
export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: 'notice' | 'warning' | 'failure';
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

type CheckStatus = 'queued' | 'in_progress' | 'completed';

/** A check run, as it is at the moment. */
export interface CheckRun {
  readonly id: number;
  readonly repository: Repository;
  readonly suite: CheckSuite;
  readonly headSha: string;
  name: string;
  status: CheckStatus;
  conclusion: string | null;
  externalId: string;
  detailsUrl: string | null;
  startedAt: string;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  readonly annotations: Annotation[];
}

/** All check runs of the App on a commit. */
export interface CheckSuite {
  readonly id: number;
  readonly repository: Repository;
  readonly headSha: string;
  /** The branch that was pushed to; null when that was in a fork. */
  readonly headBranch: string | null;
  /** Where the branch was before the push; null when that is not known. */
  readonly before: string | null;
  readonly createdAt: string;
  updatedAt: string;
}

export interface Comment {
  readonly id: number;
  readonly pull: Pull;
  readonly user: Account;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  readonly reactions: Reaction[];
}

export interface Reaction {
  readonly id: number;
  readonly user: Account;
  readonly content: string;
  readonly createdAt: string;
}

/** The App on the repositories of one owner. */
export interface Installation {
  readonly id: number;
  readonly account: Account;
  readonly createdAt: string;
}

/** What an App may do with the parts of a repository, such as `{ checks: 'write' }`. */
export type Grants = Readonly<Record<string, 'read' | 'write'>>;

/** What the App asks for at registration, as `app.yml` has it. */
export interface Registration {
  readonly permissions: Grants;
  /** Names of the events that it subscribes to. */
  readonly events: readonly string[];
}

/** What a token may do. */
export interface Token {
  readonly installation: Installation;
  readonly permissions: Grants;
  /** Ids of the repositories it is for; null: all of the installation. */
  readonly repositories: readonly number[] | null;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

interface OwnDoings {
  commented: (comment: Comment) => void;
  changedCheckRun: (run: CheckRun, action: 'created' | 'completed') => void;
}

/** All that the emulated GitHub knows. */
export class World {
  /** The address of the server; set when it listens. */
  url = '';
  readonly app: AppKeys;
  readonly registration: Registration;
  readonly bot: Account;
  readonly appOwner: Account;
  readonly startedAt = now();
  readonly accounts = new Map<string, Account>();
  readonly permissions = new Map<string, Permission>();
  readonly repositories: Repository[] = [];
  readonly installations: Installation[] = [];
  readonly tokens = new Map<string, Token>();
  readonly pulls: Pull[] = [];
  readonly suites: CheckSuite[] = [];
  readonly checkRuns: CheckRun[] = [];
  readonly comments: Comment[] = [];
  readonly limits: Limits = { ...GITHUB_LIMITS };
  /** Called for what the App does itself: GitHub tells the App of that, too. */
  readonly own: OwnDoings = { commented: () => {}, changedCheckRun: () => {} };
  #lastId = 1000;

  constructor(app: AppKeys, registration: Registration) {
    this.app = app;
    this.registration = registration;
    this.appOwner = this.account('hydrant-org', 'Organization');
    this.bot = this.account(`${app.slug}[bot]`, 'Bot');
  }

  /** The base of API addresses, as GitHub Enterprise Server has it. */
  get api(): string {
    return `${this.url}/api/v3`;
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** The account of that login; made when there is none yet. */
  account(login: string, type: Account['type'] = login.endsWith('[bot]') ? 'Bot' : 'User'): Account {
    const known = this.accounts.get(login.toLowerCase());
    if (known !== undefined) return known;
    const account = { login, id: this.nextId(), type };
    this.accounts.set(login.toLowerCase(), account);
    return account;
  }

  repository(owner: string, name: string): Repository | undefined {
    return this.repositories.find(
      (one) =>
        !one.deleted &&
        one.owner.login.toLowerCase() === owner.toLowerCase() &&
        one.name.toLowerCase() === name.toLowerCase(),
    );
  }

  /** A person's permission; an owner is its admin, and who was never named has none. */
  permissionOf(repository: Repository, login: string): Permission {
    if (repository.owner.login.toLowerCase() === login.toLowerCase()) return 'admin';
    return this.permissions.get(login.toLowerCase()) ?? 'none';
  }
}

/** The time as GitHub writes it: to the second. */
export function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}
