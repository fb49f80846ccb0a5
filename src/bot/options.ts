import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ReviewLimits } from '../isolation/limits.ts';
import { readLimits } from '../isolation/readLimits.ts';

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
  /** What one review may need. */
  readonly limits: ReviewLimits;
}

/** Environment variables that are missing or wrong, all of them at once. */
export class OptionsError extends Error {}

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
  const appId = Number(required('APP_ID', "the App's id, from its settings on GitHub"));
  if (!Number.isSafeInteger(appId) || appId < 0) problems.push(`APP_ID is not a number`);
  const port = Number(env['PORT'] ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) problems.push('PORT is not a port: 0 to 65535');
  const options: BotOptions = {
    appId,
    privateKey: readKey(env, problems),
    webhookSecret: required('WEBHOOK_SECRET', 'the secret that GitHub signs webhooks with'),
    host: env['HOST'] ?? '0.0.0.0',
    port,
    webhookPath: env['WEBHOOK_PATH'] ?? '/api/github/webhooks',
    baseUrl: baseUrlOf(env),
    dataDir: path.resolve(env['HYDRANT_DATA_DIR'] ?? 'data'),
    localRemotes: env['HYDRANT_LOCAL_REMOTES'] === 'true',
    offline: env['HYDRANT_OFFLINE'] === 'true',
    logLevel: env['LOG_LEVEL'] ?? 'info',
    limits: readLimits(env, problems),
  };
  if (problems.length > 0)
    throw new OptionsError(`the bot cannot start:\n${problems.map((one) => `  ${one}`).join('\n')}`);
  return options;
}

function readKey(env: NodeJS.ProcessEnv, problems: string[]): string {
  const file = env['PRIVATE_KEY_PATH'];
  if (file !== undefined && !existsSync(file)) {
    problems.push(`PRIVATE_KEY_PATH names no file: ${file}`);
    return '';
  }
  const text = file === undefined ? (env['PRIVATE_KEY'] ?? '') : readFileSync(file, 'utf8');
  // Shells and container platforms hand multi-line values over with \n, or in base64.
  const key = (text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('utf8')).replaceAll(
    '\\n',
    '\n',
  );
  if (text === '') problems.push("PRIVATE_KEY or PRIVATE_KEY_PATH is missing: the App's private key (PEM)");
  else if (!key.includes('PRIVATE KEY-----')) problems.push('PRIVATE_KEY is no private key in PEM form');
  return key;
}

function baseUrlOf(env: NodeJS.ProcessEnv): string {
  const host = env['GHE_HOST'];
  return host === undefined || host === ''
    ? 'https://api.github.com'
    : `${env['GHE_PROTOCOL'] ?? 'https'}://${host}/api/v3`;
}
