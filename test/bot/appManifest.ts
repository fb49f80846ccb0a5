import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { GitHubOptions } from '../../src/emulator/startGitHub.ts';
import { packageFile } from '../../src/model/packageFile.ts';

interface Manifest {
  readonly default_permissions: Readonly<Record<string, 'read' | 'write'>>;
  readonly default_events: readonly string[];
}

/** What app.yml asks of GitHub, as the emulator takes it. */
export function appManifest(): Required<Pick<GitHubOptions, 'permissions' | 'events'>> {
  // Its form is held by every test that works with it.
  const manifest = parse(readFileSync(packageFile('app.yml'), 'utf8')) as Manifest;
  return { permissions: manifest.default_permissions, events: manifest.default_events };
}
