import { readFileSync } from 'node:fs';
import { packageFile } from '../model/packageFile.ts';

/** Hydrant's own version, as its package has it. */
export function packageVersion(): string {
  // The package's own file.
  const { version } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}
