import { type AppKeys, createAppKeys } from '../../src/emulator/appKeys.ts';
import {
  type GitHubEmulator,
  type GitHubOptions,
  startGitHub as startEmulator,
} from '../../src/emulator/startGitHub.ts';
import { DESCRIPTIONS } from './conformance/descriptions.ts';
import { type Fault, Faults, type Hold, type Matcher, type Slowness } from './faults.ts';

/** An emulated GitHub that things can go wrong at. */
export interface TestGitHub extends GitHubEmulator {
  /** Lets the next matching request(s), of the API or of Git, fail without any effect. */
  failNext(fault: Fault): void;
  /** Lets the next matching request(s) take longer. */
  slowNext(slowness: Slowness): void;
  /** Lets matching requests wait, before they have any effect, until they are released. */
  hold(matcher: Matcher): Hold;
}

/** All emulators of a test file have the same App: making a key takes a fifth of a second. */
let app: AppKeys | undefined;

/**
 * Starts an emulated GitHub for a test: every request, response and webhook is held against
 * GitHub's descriptions, and requests can be made to fail, to take long and to wait.
 */
export async function startGitHub(
  options: Omit<GitHubOptions, 'conformance' | 'interfere'> = {},
): Promise<TestGitHub> {
  const faults = new Faults();
  app ??= createAppKeys();
  const github = await startEmulator({
    app,
    ...options,
    conformance: DESCRIPTIONS,
    interfere: (method, path) => faults.meet(method, path),
  });
  const close = github.close.bind(github);
  return Object.assign(github, {
    failNext: (fault: Fault) => faults.failNext(fault),
    slowNext: (slowness: Slowness) => faults.slowNext(slowness),
    hold: (matcher: Matcher) => faults.hold(matcher),
    close: async () => {
      const closed = close();
      // What still waits would keep the server up. It no longer reaches the App.
      faults.releaseAll();
      await closed;
    },
  });
}
