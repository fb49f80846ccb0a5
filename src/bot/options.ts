import path from 'node:path';
import type { ReviewLimits } from '../isolation/limits.ts';
import { readLimits } from '../isolation/readLimits.ts';
import { docsUrl } from '../settings/docsUrl.ts';
import { readPrivateKey } from './privateKey.ts';

/** How the bot is run; see docs/install.md. */
export interface BotOptions {
  readonly appId: number;
  /** PEM text. */
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly webhookPath: string;
  /** GitHub's REST API, such as `https://api.github.com`. */
  readonly baseUrl: string;
  /** Folder with the mirrors. */
  readonly dataDir: string;
  /** True: repositories' settings may have charts fetched from the bot's own network. */
  readonly localRemotes: boolean;
  /** True: nothing is fetched besides the repositories under review. */
  readonly offline: boolean;
  readonly logLevel: string;
  /** Where Hydrant's documentation is read; undefined for nowhere that is known. */
  readonly docsUrl: string | undefined;
  /** What one review may need. */
  readonly limits: ReviewLimits;
}

/** What keeps the bot from starting, with the way out: variables that are missing or wrong, all of them at once. */
export class OptionsError extends Error {
  constructor(problems: readonly string[]) {
    super(`the bot cannot start:\n${problems.map((one) => `  ${one}`).join('\n')}`);
  }
}

/**
 * Reads the options from environment variables, by the names that Probot users know.
 * @throws {OptionsError} that names each variable and what is expected of it.
 */
export function readOptions(env: NodeJS.ProcessEnv): BotOptions {
  const problems: string[] = [];
  const required = (name: string, what: string) => {
    const value = env[name]?.trim() ?? '';
    if (value === '') problems.push(`${name} is missing: ${what}`);
    return value;
  };
  const appId = readAppId(required('APP_ID', "the App's id, from its settings on GitHub"), problems);
  const port = Number(env['PORT'] ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) problems.push('PORT is not a port: 0 to 65535');
  const options: BotOptions = {
    appId,
    privateKey: readPrivateKey(env, problems),
    webhookSecret: required('WEBHOOK_SECRET', 'the secret that GitHub signs webhooks with'),
    host: env['HOST'] ?? '0.0.0.0',
    port,
    webhookPath: readWebhookPath(env, problems),
    baseUrl: readBaseUrl(env, problems),
    dataDir: path.resolve(env['HYDRANT_DATA_DIR'] ?? 'data'),
    localRemotes: env['HYDRANT_LOCAL_REMOTES'] === 'true',
    offline: env['HYDRANT_OFFLINE'] === 'true',
    logLevel: readLogLevel(env, problems),
    docsUrl: readDocsUrl(env, problems),
    limits: readLimits(env, problems),
  };
  if (problems.length > 0) throw new OptionsError(problems);
  return options;
}

/** The number that GitHub's settings show as the App's id. */
function readAppId(text: string, problems: string[]): number {
  const id = Number(text);
  if (text === '' || (Number.isSafeInteger(id) && id > 0)) return id;
  const hint = /^Iv\d*[.\w]/.test(text) ? "; this is its client id, the App's id stands beside it" : '';
  problems.push(`APP_ID is not a number${hint}`);
  return 0;
}

function readDocsUrl(env: NodeJS.ProcessEnv, problems: string[]): string | undefined {
  const url = docsUrl(env);
  if (url === undefined && (env['HYDRANT_DOCS_URL'] ?? '') !== '')
    problems.push('HYDRANT_DOCS_URL is no http or https address');
  return url;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

function readLogLevel({ LOG_LEVEL: level = 'info' }: NodeJS.ProcessEnv, problems: string[]): string {
  if (!LOG_LEVELS.includes(level)) problems.push(`LOG_LEVEL is none of ${LOG_LEVELS.join(', ')}`);
  return level;
}

function readWebhookPath(env: NodeJS.ProcessEnv, problems: string[]): string {
  const webhookPath = env['WEBHOOK_PATH'] ?? '/api/github/webhooks';
  if (!webhookPath.startsWith('/')) problems.push('WEBHOOK_PATH does not begin with /');
  return webhookPath;
}

function readBaseUrl(env: NodeJS.ProcessEnv, problems: string[]): string {
  const { GHE_HOST: host = '', GHE_PROTOCOL: protocol = 'https' } = env;
  if (host === '') return 'https://api.github.com';
  if (!/^[\w.-]+(?::\d+)?$/.test(host))
    problems.push(
      'GHE_HOST is no host: its name alone, without https:// and without a path, such as github.example.com',
    );
  if (protocol !== 'https' && protocol !== 'http') problems.push('GHE_PROTOCOL is neither https nor http');
  return `${protocol}://${host}/api/v3`;
}
