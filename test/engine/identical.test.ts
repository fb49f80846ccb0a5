import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { packageFile } from '../../src/model/packageFile.ts';
import { hydrant } from '../cli/run.ts';
import { createRepository, readFolder, type TestRepository } from '../helpers/repository.ts';
import { maskSecrets } from './maskSecrets.ts';

const kustomize = packageFile('.cache/peers/kustomize');
const built = existsSync(kustomize);
if (!built)
  console.warn('skipped: the kustomize CLI is not built; run: node scripts/build-peers.mjs kustomize');

interface Line {
  readonly target: string;
  readonly kind: string;
  readonly manifests?: string;
}

/**
 * Every overlay of the checked-out repository, as `hydrant render --all --format jsonl` gives
 * it. Releases of charts that are not there may be among the targets, too.
 */
async function renderAll({ dir }: TestRepository, ...options: string[]): Promise<Line[]> {
  const command = ['render', '--repo', dir, '--all', '--format', 'jsonl'];
  const { stdout, stderr } = await hydrant(...command, ...options);
  expect(stderr).toBe('');
  return stdout
    .trimEnd()
    .split('\n')
    .map((line): Line => JSON.parse(line))
    .filter(({ kind }) => kind === 'kustomize');
}

async function build({ dir }: TestRepository, target: string): Promise<string> {
  const { stdout } = await promisify(execFile)(kustomize, ['build', path.join(dir, target)]);
  return stdout;
}

describe.each([
  { folder: 'test/fixtures/kustomize', only: /./, atLeast: 25 },
  // Without the operators' objects that apply them, the overlays are the targets.
  { folder: 'examples/gitops-repo', only: /^(?:apps|infrastructure)\//, atLeast: 8 },
])('of $folder', ({ folder, only, atLeast }) => {
  let files: TestRepository;
  let shown: Line[];

  beforeAll(async () => {
    files = await createRepository();
    const all = Object.entries(await readFolder(packageFile(folder)));
    const commit = await files.commit(Object.fromEntries(all.filter(([name]) => only.test(name))));
    await files.git(['checkout', '--force', '--quiet', commit]);
    shown = await renderAll(files, '--show-secrets');
  });

  (built ? test : test.skip)('every target is byte-identical to `kustomize build`', async () => {
    expect(shown.length).toBeGreaterThanOrEqual(atLeast);
    for (const { target, manifests } of shown) {
      expect({ target, manifests }).toEqual({ target, manifests: await build(files, target) });
    }
  });

  test('without --show-secrets only values of Secrets differ', async () => {
    const hidden = await renderAll(files);
    expect(hidden.map(({ target }) => target)).toEqual(shown.map(({ target }) => target));
    for (const [index, { target, manifests = '' }] of hidden.entries()) {
      expect({ target, manifests }).toEqual({
        target,
        manifests: maskSecrets(shown[index]?.manifests ?? ''),
      });
    }
  });
});
