import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  application,
  applicationWith,
  chartFiles,
  configMap,
  inRepository,
  REPOSITORY,
} from '../helpers/operators.ts';
import { createRepository, type TestFiles, type TestRepository } from '../helpers/repository.ts';
import { hydrant } from './run.ts';

const VALUE = 'canary-7xK29Qw4';
const helm = { values: `pw: ${VALUE}\n` };

/** An Application of Applications, one of which has a value that its chart puts into a Secret. */
const FILES: TestFiles = {
  '.hydrant.yaml': `repository: { urls: ['${REPOSITORY}.git'] }\n`,
  ...chartFiles('chart', {
    'templates/s.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { password: {{ .Values.pw | quote }} }\n',
    'templates/c.yaml': configMap('c', 'copy: {{ .Values.pw | upper | b64enc }}\n  host: db.example.com'),
  }),
  'root/app.yaml': applicationWith({ source: inRepository({ path: 'chart', helm }) }, 'shop'),
  'root/broken.yaml': applicationWith({ source: inRepository({ path: 'broken', helm }) }, 'broken'),
  ...chartFiles('broken', { 'templates/c.yaml': '{{ fail (printf "no %s" (upper .Values.pw)) }}\n' }),
  'root.yaml': application('root', 'root'),
};

let files: TestRepository;
beforeAll(async () => {
  files = await createRepository();
  await files.commit(FILES);
});
afterAll(() => files.remove());

/** As it is, and in the forms that the chart makes. */
function holds(text: string): boolean {
  const encoded = Buffer.from(VALUE.toUpperCase()).toString('base64');
  return [VALUE, VALUE.toUpperCase(), encoded].some((form) => text.includes(form));
}

describe('copies of a value are not printed', () => {
  test.each([
    ['of all targets', ['--all']],
    ['of the target that has it as a text', ['Application/argocd/root']],
    ['of the target that has it in a Secret', ['Application/argocd/shop']],
    ['of a target that fails', ['Application/argocd/broken']],
  ])('%s', async (_, args) => {
    const { stdout, stderr } = await hydrant('render', '--repo', files.dir, ...args);
    expect(stdout + stderr).toContain('<redacted>');
    expect(holds(stdout + stderr)).toBe(false);
  });

  test('but on demand', async () => {
    const { stdout } = await hydrant(
      'render',
      '--repo',
      files.dir,
      'Application/argocd/root',
      '--show-secrets',
    );
    expect(holds(stdout)).toBe(true);
  });

  test('and what is no secret stays', async () => {
    const { stdout } = await hydrant('render', '--repo', files.dir, '--all');
    expect(stdout).toContain('host: db.example.com');
    expect(stdout).toContain('repoURL: https://github.com/acme/gitops');
  });

  test.each(['text', 'json'])('in a list of targets (%s)', async (format) => {
    const { code, stdout, stderr } = await hydrant('targets', '--repo', files.dir, '--format', format);
    expect(code).toBe(0);
    expect(holds(stdout + stderr)).toBe(false);
  });
});
