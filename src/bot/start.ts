import type { Logger } from 'pino';
import { Probot, ProbotOctokit, Server } from 'probot';
import { reviewFolders } from '../isolation/confinement.ts';
import { ReviewPool } from '../isolation/reviewPool.ts';
import { registerEvents } from './app.ts';
import { openAttempts } from './attempts.ts';
import { boundedWebhooks } from './boundedWebhooks.ts';
import { openDataFolder } from './dataFolder.ts';
import { Endings } from './endings.ts';
import { openApp } from './github.ts';
import { keyOf, type PullJob } from './job.ts';
import { freePort, listen } from './listen.ts';
import { createLog } from './log.ts';
import type { BotOptions } from './options.ts';
import { patientOctokit } from './patientOctokit.ts';
import { ReviewQueue } from './queue.ts';
import { RateLimits } from './rateLimits.ts';
import { recover } from './recover.ts';
import { createRetries } from './retries.ts';
import { createReviewer, type Reviewer } from './reviewer.ts';
import { type JobContext, runJob } from './runJob.ts';
import { createSettingsDigest } from './settingsDigest.ts';
import { Stopped } from './stopped.ts';
import { tellDefences } from './tellDefences.ts';

/** What a caller may put in place of the defaults. */
export interface BotParts {
  readonly log?: Logger;
  readonly Octokit?: typeof ProbotOctokit | undefined;
  /** Wraps the reviewer, to watch or delay it. */
  readonly wrap?: (review: Reviewer) => Reviewer;
  /** Processes that review, which stay when the bot stops. */
  readonly reviews?: ReviewPool;
  /** How often, in milliseconds, the progress of a review is told. */
  readonly tellMs?: number | undefined;
  /** Milliseconds until GitHub is asked again where it does not answer at the start. */
  readonly firstWaitMs?: number | undefined;
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
 * @throws {OptionsError} where the data folder cannot be written, the port is taken or GitHub refuses the App's key.
 * @throws where the engine was not built.
 */
export async function startBot(options: BotOptions, parts: BotParts = {}): Promise<RunningBot> {
  const log = parts.log ?? createLog(options.logLevel);
  const { dataDir, localRemotes, offline, limits } = options;
  await openDataFolder(dataDir);
  const onWarning = (message: string) => log.warn(message);
  const { reviews = new ReviewPool({ limits, folders: reviewFolders(dataDir), onWarning }) } = parts;
  // Fails now, and not with the first pull request, where the engine was not built.
  tellDefences(await reviews.ready(), log);
  const { server, probotOptions } = await serverOf(options, { log, Octokit: parts.Octokit });
  const closeReviews = async () => {
    if (parts.reviews === undefined) await reviews.close();
  };
  const review = createReviewer({ dataDir, localRemotes, offline, limits, reviews });
  const queue = await connect(server, {
    log,
    review: parts.wrap?.(review) ?? review,
    attempts: openAttempts(dataDir),
    settingsDigest: createSettingsDigest(dataDir),
    tellMs: parts.tellMs,
    docsUrl: options.docsUrl,
    anew: () => new Probot(probotOptions),
    firstWaitMs: parts.firstWaitMs,
    options,
  }).catch(async (error: unknown) => {
    await closeReviews();
    throw error;
  });
  return {
    webhookUrl: `http://${server.host}:${server.port}${options.webhookPath}`,
    idle: () => queue.idle(),
    stop: async () => {
      await queue.close();
      await Promise.all([server.stop(), closeReviews()]);
    },
  };
}

/** Probot's server, and the App that it serves; a new Probot of these options has none of its tokens. */
async function serverOf(
  { appId, privateKey, webhookSecret, baseUrl, host, port, webhookPath }: BotOptions,
  { log, Octokit }: Pick<BotParts, 'Octokit'> & { readonly log: Logger },
) {
  const patient = patientOctokit(Octokit ?? ProbotOctokit);
  const probotOptions = { appId, privateKey, secret: webhookSecret, baseUrl, log, Octokit: patient };
  const server = new Server({
    Probot: boundedWebhooks(Probot.defaults(probotOptions)),
    log,
    host,
    port: port === 0 ? await freePort(host) : port,
    webhookPath,
  });
  return { server, probotOptions };
}

/** What the bot is connected with to GitHub. */
interface Connecting extends Omit<JobContext, 'app' | 'retries' | 'endings'> {
  readonly anew: () => Probot;
  readonly firstWaitMs?: number | undefined;
  readonly options: Pick<BotOptions, 'host' | 'port'>;
}

/** Handles GitHub's events from now on. */
async function connect(
  server: Server,
  { anew, firstWaitMs, options, ...work }: Connecting,
): Promise<ReviewQueue> {
  let queue: ReviewQueue | undefined;
  await server.load(async (probot) => {
    const limits = new RateLimits({
      onPause: (milliseconds, error) =>
        work.log.warn({ err: error, seconds: milliseconds / 1000 }, 'GitHub asks to wait'),
    });
    const app = await openApp(probot, { anew, limits, log: work.log, firstWaitMs });
    const endings = new Endings();
    const retries = createRetries((job) => {
      // A review of a newer head is under way, and is not to be begun again.
      if (!reviews.has(keyOf(job))) reviews.add({ ...job, again: true });
    });
    const reviews: ReviewQueue = new ReviewQueue(
      (job, signal, inTurn) => runJob(job, { signal, inTurn }, { ...work, app, retries, endings }),
      {
        onClose: () => {
          retries.close();
          limits.close(new Stopped('shutdown'));
        },
        endings,
      },
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
  const loaded = queue;
  await listen(server, options).catch(async (error: unknown) => {
    await loaded.close();
    throw error;
  });
  return loaded;
}
