import path from 'node:path';
import { run, type Server } from 'probot';
import { packageFile } from '../model/packageFile.ts';
import { addToEnvFile } from './envFile.ts';
import { createLog } from './log.ts';
import { OptionsError } from './options.ts';

/** True where nothing says which App the bot is, and a person may be at the machine to say it. */
export function isNotSetUp(env: NodeJS.ProcessEnv): boolean {
  const { APP_ID: id, PRIVATE_KEY: key, PRIVATE_KEY_PATH: file, NODE_ENV: mode } = env;
  return mode !== 'production' && [id, key, file].every((value = '') => value.trim() === '');
}

/**
 * Serves Probot's page on which the GitHub App is made from `app.yml`, or an existing one is entered. What
 * GitHub answers is written into `.env` of the present folder, which the next start takes up.
 * https://probot.github.io/docs/development/#configuring-a-github-app
 * @throws {OptionsError} where the public address is none.
 */
export async function setUp(env: NodeJS.ProcessEnv): Promise<Server> {
  const file = path.resolve('.env');
  const log = createLog(env['LOG_LEVEL'] ?? 'info');
  const { HYDRANT_PUBLIC_URL: publicUrl = '', WEBHOOK_PATH: webhookPath = '/api/github/webhooks' } = env;
  if (publicUrl !== '' && !(/^https?:/.test(publicUrl) && URL.canParse(publicUrl)))
    throw new OptionsError([
      'HYDRANT_PUBLIC_URL is no http or https address, such as https://hydrant.example.com',
    ]);
  // Probot takes these, the manifest and the package's name from its process.
  process.chdir(packageFile('.'));
  // It would have a program of the registry make a channel of a public service.
  process.env['NO_SMEE_SETUP'] = 'true';
  if (publicUrl !== '') process.env['WEBHOOK_PROXY_URL'] ??= new URL(webhookPath, publicUrl).href;
  const server = await run(() => {}, {
    env: { ...env, APP_ID: '', PRIVATE_KEY: '', PRIVATE_KEY_PATH: '' },
    log,
    updateEnv: (variables) => {
      const known = Object.entries(variables).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      );
      return addToEnvFile(file, Object.fromEntries(known));
    },
  });
  log.info(`What GitHub says of the App is written to ${file}.`);
  if (publicUrl === '')
    log.warn(
      `HYDRANT_PUBLIC_URL is not set: give the App the webhook URL https://YOUR-HOST${webhookPath} in its settings on GitHub.`,
    );
  return server;
}
