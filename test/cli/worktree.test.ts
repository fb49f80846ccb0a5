import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createRepository, type TestRepository } from '../helpers/repository.ts';
import { hydrant } from './run.ts';

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { a: b }\n';
const SECRET =
  'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { password: canary-worktree }\n';

describe('a clone with files on the disk', () => {
  let files: TestRepository;
  beforeAll(async () => {
    files = await createRepository();
    await files.commit({ 'a/kustomization.yaml': 'resources: [c.yaml]\n', 'a/c.yaml': CONFIG });
    await files.git(['reset', '--hard', '--quiet']);
  });

  test('diff exits 0 where nothing differs', async () => {
    expect(await hydrant('diff', '--repo', files.dir)).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('check says what is not committed, and reviews it where that is asked for', async () => {
    await writeFile(path.join(files.dir, 'a/kustomization.yaml'), 'resources: [c.yaml, s.yaml]\n');
    await writeFile(path.join(files.dir, 'a/s.yaml'), SECRET);
    const committed = await hydrant('check', '--repo', files.dir, '--format', 'json');
    expect(JSON.parse(committed.stdout)).toMatchObject({ changes: [], findings: [] });
    expect(committed.stderr).toBe(
      'hydrant: 2 files have changes that are not committed and not reviewed (a/kustomization.yaml, a/s.yaml); --worktree reviews them\n',
    );
    const { code, stdout, stderr } = await hydrant(
      'check',
      '--repo',
      files.dir,
      '--worktree',
      '--format',
      'json',
    );
    expect([code, stderr]).toEqual([1, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      changes: [{ change: 'added', resource: { kind: 'Secret', name: 's' } }],
      findings: [{ rule: 'secret/plain-secret', location: { path: 'a/s.yaml', startLine: 4 } }],
    });
  });

  test('diff prints the difference alone and exits 1, and 2 where not all is known', async () => {
    const { code, stdout, stderr } = await hydrant('diff', '--repo', files.dir, '--worktree');
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^diff added in a\n--- \/dev\/null\n\+\+\+ v1 Secret s\n@@ /);
    await writeFile(path.join(files.dir, 'a/kustomization.yaml'), 'resources: [c.yaml, gone.yaml]\n');
    expect(await hydrant('diff', '--repo', files.dir, '--worktree')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^hydrant diff: a: .*gone\.yaml/),
    });
  });

  test('a commit and the files on the disk are not reviewed together', async () => {
    expect(await hydrant('check', '--repo', files.dir, '--worktree', '--head', 'HEAD')).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('name one of them'),
    });
  });
});
