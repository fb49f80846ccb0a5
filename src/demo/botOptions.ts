import type { BotOptions } from '../bot/options.ts';
import type { GitHubEmulator } from '../emulator/startGitHub.ts';

/** How the bot is run for an emulated GitHub: on a free port of this machine alone, and without fetching. */
export function botOptions(
  { app, url }: Pick<GitHubEmulator, 'app' | 'url'>,
  dataDir: string,
): Omit<BotOptions, 'limits'> {
  return {
    appId: app.id,
    privateKey: app.privateKey,
    webhookSecret: app.webhookSecret,
    host: '127.0.0.1',
    port: 0,
    webhookPath: '/api/github/webhooks',
    baseUrl: `${url}/api/v3`,
    dataDir,
    localRemotes: false,
    offline: true,
    logLevel: 'error',
    docsUrl: undefined,
  };
}
