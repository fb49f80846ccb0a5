import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AppKeys, createAppKeys } from './appKeys.ts';
import { type Conformance, UNCHECKED } from './conformance.ts';
import { type Interference, NO_INTERFERENCE } from './failure.ts';
import type { Limits } from './limits.ts';
import { type Actions, actionsOn } from './people/actions.ts';
import { type Readers, readersOf } from './readers.ts';
import { REGISTRATION } from './registration.ts';
import { type LoggedRequest, type Page, startServer } from './server.ts';
import { situation } from './situation.ts';
import { assertNone, type Violation } from './violation.ts';
import { waitFor } from './waitFor.ts';
import { type Delivery, Webhooks } from './webhooks.ts';
import { type Registration, World } from './world.ts';

export type { Pull, Repository } from './world.ts';

export interface GitHubOptions extends Partial<Registration> {
  /** The App that is installed; by default a new one, whose key takes a moment to make. */
  readonly app?: AppKeys;
  /** Where the App listens for webhooks; can be set later, too. */
  readonly webhookUrl?: string;
  /** 0, the default: a free one. */
  readonly port?: number;
  /** GitHub's descriptions, which requests, responses and webhooks are held against; by default nothing is. */
  readonly conformance?: Conformance;
  /** What comes in between requests and their answers; nothing by default. */
  readonly interfere?: Interference;
}

/** A GitHub of its own, at an address of this machine. */
export interface GitHubEmulator extends Actions, Readers {
  /** The App that is installed on every repository. */
  readonly app: AppKeys;
  /** `http://127.0.0.1:<port>`: of pages and Git; the API is there, too, and under `/api/v3`. */
  readonly url: string;
  webhookUrl: string | null;
  /** How much text it takes: as much as GitHub, where nothing else is set. */
  readonly limits: Limits;
  readonly deliveries: readonly Delivery[];
  readonly requests: readonly LoggedRequest[];
  readonly violations: readonly Violation[];
  /** @throws an error that lists what did not conform to GitHub's descriptions. */
  assertConforming(): void;
  /** Sends a webhook with the same id and content again, as the Redeliver button does. */
  redeliver(deliveryId: string): Promise<Delivery>;
  /** Resolves when no webhook is under way that tells the App of what it did itself. */
  settled(): Promise<void>;
  /** Makes all tokens that were given out invalid, as an hour does. */
  expireTokens(): void;
  /**
   * Waits for something that is neither false, null nor undefined, and gives it.
   * @throws after the time (15 seconds when not said), saying what had happened until then.
   */
  waitFor<T>(
    predicate: () => T | Promise<T>,
    timeoutMs?: number,
  ): Promise<Exclude<T, false | null | undefined>>;
  /** Answers requests whose path matches by the handler, outside of the API. */
  servePage(pattern: RegExp, handler: Page['handler']): void;
  /** Ends the server and what is under way, and removes the repositories. */
  close(): Promise<void>;
}

/** Starts an emulated GitHub; everything is in memory but the Git repositories. */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubEmulator> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hydrant-github-'));
  const { permissions = REGISTRATION.permissions, events = REGISTRATION.events } = options;
  const world = new World(options.app ?? createAppKeys(), { permissions, events });
  const violations: Violation[] = [];
  const requests: LoggedRequest[] = [];
  const pages: Page[] = [];
  const { conformance = UNCHECKED, interfere = NO_INTERFERENCE } = options;
  const watch = { conformance, violations };
  const webhooks = new Webhooks(world, watch);
  webhooks.url = options.webhookUrl ?? null;
  const server = await startServer({ world, interfere, watch, requests, pages }, options.port);
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
    limits: world.limits,
    deliveries: webhooks.deliveries,
    requests,
    violations,
    assertConforming: () => assertNone(violations),
    redeliver: (id) => webhooks.redeliver(id),
    settled: () => webhooks.settled(),
    ...actionsOn({ world, webhooks, folder }),
    ...readersOf(world),
    expireTokens: () => {
      for (const token of world.tokens.values()) token.expiresAt = 0;
    },
    waitFor: (predicate, timeoutMs) => waitFor(predicate, { timeoutMs, describe }),
    servePage: (pattern, handler) => void pages.push({ pattern, handler }),
    close: async () => {
      await webhooks.close();
      await closeServer(server);
      // A git that was just killed may still hold a file for a moment.
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    },
  };
}

/** Ends a server, with the requests that it still answers. */
async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
