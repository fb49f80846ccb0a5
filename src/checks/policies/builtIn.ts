import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { RegoModule } from '../../engine/protocol/rego.ts';
import { packageFile } from '../../model/packageFile.ts';

/** The Rego files that ship with Hydrant, tests left out, in order of their paths. */
export async function readBuiltInPolicies(): Promise<RegoModule[]> {
  const root = packageFile('policies');
  const files = await readdir(root, { recursive: true });
  const names = files.filter((name) => name.endsWith('.rego') && !name.endsWith('_test.rego')).toSorted();
  return Promise.all(
    names.map(async (name) => ({
      path: `policies/${name.split(path.sep).join('/')}`,
      content: await readFile(path.join(root, name), 'utf8'),
    })),
  );
}
