import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import { openRepository } from '../../src/git/repository.ts';
import { packageFile } from '../../src/model/packageFile.ts';
import { findTargets } from '../../src/targets/findTargets.ts';
import { createRepository, readFolder, type TestRepository } from '../helpers/repository.ts';

const kustomize = packageFile('.cache/peers/kustomize');
const built = existsSync(kustomize);
if (!built)
  console.warn('skipped: the kustomize CLI is not built; run: node scripts/build-peers.mjs kustomize');

(built ? describe : describe.skip)('byte-identical to `kustomize build`', () => {
  const engine = new EnginePool();
  let files: TestRepository;
  let commit: string;

  beforeAll(async () => {
    files = await createRepository();
    commit = await files.commit(await readFolder(packageFile('examples/gitops-repo')));
    await files.git(['checkout', '--force', '--quiet', commit]);
  });
  afterAll(() => engine.close());

  test('every target of the examples', async () => {
    const repository = await openRepository(files.dir);
    const targets = await findTargets(await repository.snapshot(commit), {
      targets: { include: [], exclude: [] },
    });
    await repository.close();
    expect(targets.length).toBeGreaterThanOrEqual(3);
    for (const { path } of targets) {
      const { stdout } = await promisify(execFile)(kustomize, ['build', `${files.dir}/${path}`]);
      const params = {
        gitDir: files.gitDir,
        commit,
        path,
        redaction: { mode: 'none' },
        want: 'manifests',
      } as const;
      expect(await engine.render(params)).toMatchObject({ manifests: stdout });
    }
  });
});
