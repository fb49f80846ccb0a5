import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Logger } from 'pino';
import { Probot, type ProbotOctokit, Server } from 'probot';
import { reviewFolders } from '../isolation/confinement.ts';
import { ReviewPool } from '../isolation/reviewPool.ts';
import { registerEvents } from './app.ts';
import { openAttempts } from './attempts.ts';
import { boundedWebhooks } from './boundedWebhooks.ts';
import { Endings } from './endings.ts';
import { openApp } from './github.ts';
import { keyOf, type PullJob } from './job.ts';
import { createLog } from './log.ts';
import type { BotOptions } from './options.ts';
import { ReviewQueue } from './queue.ts';
import { recover } from './recover.ts';
import { createRetries } from './retries.ts';
import { createReviewer, type Reviewer } from './reviewer.ts';
import { type JobContext, runJob } from './runJob.ts';
import { tellDefences } from './tellDefences.ts';

/** What a caller may put in place of the defaults. */
export interface BotParts {
  readonly log?: Logger;
  readonly Octokit?: typeof ProbotOctokit;
  /** Wraps the reviewer, to watch or delay it. */
  readonly wrap?: (review: Reviewer) => Reviewer;
  /** Processes that review, which stay when the bot stops. */
  readonly reviews?: ReviewPool;
  /** How often, in milliseconds, the progress of a review is told. */
  readonly tellMs?: number | undefined;
}

/** A bot that listens. */
export interface RunningBot {
  /** Where webhooks are to be sent. */
  readonly webhookUrl: string;
  /** Resolves when nothing is left to do. */
  idle(): Promise<void>;
  /** Stops listening and working; what is under way is taken up at the next start. */
  stop(): Promise<void>;
}

/**
 * Starts the bot: says to GitHub who it is, listens, and takes up what was left.
 * @throws where the port is taken, the engine was not built, or GitHub refuses the App's key.
 */
export async function startBot(options: BotOptions, parts: BotParts = {}): Promise<RunningBot> {
  const log = parts.log ?? createLog(options.logLevel);
  const { dataDir, localRemotes, offline, limits } = options;
  const onWarning = (message: string) => log.warn(message);
  const { reviews = new ReviewPool({ limits, folders: reviewFolders(dataDir), onWarning }) } = parts;
  // Fails now, and not with the first pull request, where the engine was not built.
  tellDefences(await reviews.ready(), log);
  const probotOptions = {
    appId: options.appId,
    privateKey: options.privateKey,
    secret: options.webhookSecret,
    baseUrl: options.baseUrl,
    log,
    ...(parts.Octokit === undefined ? {} : { Octokit: parts.Octokit }),
  };
  const server = new Server({
    Probot: boundedWebhooks(Probot.defaults(probotOptions)),
    log,
    host: options.host,
    port: options.port === 0 ? await freePort(options.host) : options.port,
    webhookPath: options.webhookPath,
  });
  const review = createReviewer({ dataDir, localRemotes, offline, limits, reviews });
  const queue = await connect(server, {
    log,
    review: parts.wrap?.(review) ?? review,
    attempts: openAttempts(dataDir),
    tellMs: parts.tellMs,
    anew: () => new Probot(probotOptions),
  });
  await server.start();
  return {
    webhookUrl: `http://${server.host}:${server.port}${options.webhookPath}`,
    idle: () => queue.idle(),
    stop: async () => {
      await queue.close();
      await Promise.all([server.stop(), parts.reviews === undefined && reviews.close()]);
    },
  };
}

async function connect(
  server: Server,
  { anew, ...work }: Omit<JobContext, 'app' | 'retries' | 'endings'> & { readonly anew: () => Probot },
): Promise<ReviewQueue> {
  let queue: ReviewQueue | undefined;
  await server.load(async (probot) => {
    const app = await openApp(probot, anew);
    const endings = new Endings();
    const retries = createRetries((job) => {
      // A review of a newer head is under way, and is not to be begun again.
      if (!reviews.has(keyOf(job))) reviews.add(job);
    });
    const reviews: ReviewQueue = new ReviewQueue(
      (job, signal) => runJob(job, signal, { ...work, app, retries, endings }),
      { onClose: () => retries.close(), endings },
    );
    registerEvents(probot, { app, queue: reviews });
    const failed = (error: unknown) =>
      work.log.error({ err: error }, 'open pull requests could not be looked up');
    // An event may have been quicker than the look around.
    const found = (job: PullJob) => {
      if (!reviews.has(keyOf(job))) reviews.add(job);
    };
    void recover(app, { found, failed }).catch(failed);
    queue = reviews;
  });
  if (queue === undefined) throw new Error('the bot was not loaded');
  return queue;
}

/** Probot takes port 0 for its default. */
async function freePort(host: string): Promise<number> {
  const probe = createServer().listen(0, host);
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (typeof address !== 'object' || address === null) throw new Error(`no free port on ${host}`);
  return address.port;
}
