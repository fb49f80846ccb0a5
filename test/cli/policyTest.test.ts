import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRepository, type TestRepository } from '../helpers/repository.ts';
import { hydrant } from './run.ts';

const POLICY = `package labels

import data.teams

deny contains msg if {
	not known
	msg := sprintf("%s has no team", [input.metadata.name])
}

known if input.metadata.labels.team in teams.known
`;

const TESTS = `package labels_test

import data.labels

test_denies if labels.deny == {"a has no team"} with input as {"metadata": {"name": "a"}}

test_knows_a_team if count(labels.deny) == 0 with input as {"metadata": {"name": "b", "labels": {"team": "web"}}}
`;

const WRONG = `package labels_test

test_wrong if labels.deny == {"b"} with input as {"metadata": {"name": "a"}}

todo_test_later if false
`;

/** Of the form of GitHub's tokens. */
const TOKEN = `ghp_${'aB3dE6gH9jK2'.repeat(3)}`;

let clone: TestRepository;
beforeAll(async () => {
  clone = await createRepository();
  await clone.commit({
    'policies/labels.rego': POLICY,
    'policies/labels_test.rego': TESTS,
    'policies/teams/data.yaml': 'known: [web]\n',
    'broken/a.rego': 'package a\n\ndeny contains msg if {\n\tmsg := nothing\n}\n',
    'empty/a.rego': 'package a\n\ndeny contains "x"\n',
    'data/data.yaml': 'a: [\n',
    'data/a_test.rego': 'package a_test\n\ntest_a if true\n',
    'old/a_test.rego': 'package a_test\n\ntest_old { x := 1; x == 1 }\n',
    'pasted/a.rego': `package a\n\ndeny contains msg if {\n\tmsg := ${TOKEN}\n}\n`,
    'named/a_test.rego': `package a.${TOKEN}\n\ntest_${TOKEN} if false\n`,
    [`files/${TOKEN}_test.rego`]: 'package a_test\n\ntest_a if false\n',
    'asks/a_test.rego': 'package a_test\n\ntest_a if http.send({})\n',
  });
});
afterAll(() => clone.remove());

function run(...args: string[]) {
  return hydrant('policy', 'test', '--repo', clone.dir, ...args);
}

/** In the folder, beside the repository's own files. */
async function write(file: string, text: string): Promise<void> {
  const full = path.join(clone.dir, file);
  await mkdir(path.dirname(full), { recursive: true });
  await writeFile(full, text);
}

describe('hydrant policy test', () => {
  test('runs the tests of a commit, with the data beside the policies', async () => {
    expect(await run('--rev', 'HEAD')).toMatchObject({ code: 0, stdout: 'PASS: 2/2\n', stderr: '' });
  });

  test('runs the files as they are on the disk, and tells what did not pass', async () => {
    await write('policies/labels.rego', POLICY);
    await write('policies/labels_test.rego', TESTS);
    await write('policies/teams/data.yaml', 'known: [db]\n');
    await write('policies/more_test.rego', WRONG.replace('\n\n', '\n\nimport data.labels\n\n'));
    const { code, stdout } = await run();
    expect(code).toBe(1);
    expect(stdout.split('\n')).toEqual([
      'policies/labels_test.rego:7: data.labels_test.test_knows_a_team: FAIL',
      'policies/more_test.rego:5: data.labels_test.test_wrong: FAIL',
      'policies/more_test.rego:7: data.labels_test.todo_test_later: SKIPPED',
      'PASS: 1/4  FAIL: 2/4  SKIPPED: 1/4',
      '',
    ]);
  });

  test('--format json lists every test', async () => {
    const { code, stdout } = await run('--rev', 'HEAD', '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      tests: [
        {
          package: 'data.labels_test',
          name: 'test_denies',
          path: 'policies/labels_test.rego',
          line: 5,
          result: 'passed',
          message: null,
        },
        {
          package: 'data.labels_test',
          name: 'test_knows_a_team',
          path: 'policies/labels_test.rego',
          line: 7,
          result: 'passed',
          message: null,
        },
      ],
      problems: [],
    });
  });

  test.each([
    ['broken', 'broken/a.rego:4: var nothing is unsafe\n', ''],
    ['data', expect.stringMatching(/^data\/data\.yaml:\d: not valid: /), ''],
    ['asks', expect.stringMatching(/^asks\/a_test\.rego:3: the function http\.send is not available/), ''],
    ['pasted', 'pasted/a.rego:4: var <redacted> is unsafe\n', ''],
    ['empty', 'PASS: 0/0\n', 'hydrant policy test: no rule named test_... below empty\n'],
    ['nowhere', 'PASS: 0/0\n', 'hydrant policy test: no rule named test_... below nowhere\n'],
  ])('of %s cannot run', async (folder, stdout, stderr) => {
    expect(await run('--rev', 'HEAD', folder)).toMatchObject({ code: 2, stdout, stderr });
  });

  test('hides a credential in the names of packages, tests and files', async () => {
    const { code, stdout } = await run('--rev', 'HEAD', 'named', 'files');
    expect(code).toBe(1);
    expect(stdout.split('\n')).toEqual([
      'files/<redacted>_test.rego:3: data.a_test.test_a: FAIL',
      'named/a_test.rego:3: data.a.<redacted>.test_<redacted>: FAIL',
      'PASS: 0/2  FAIL: 2/2',
      '',
    ]);
    expect((await run('--rev', 'HEAD', 'named', '--format', 'json')).stdout).not.toContain(TOKEN);
  });

  test('of Rego v0 runs', async () => {
    expect(await run('--rev', 'HEAD', './old/')).toMatchObject({ code: 0, stdout: 'PASS: 1/1\n' });
  });

  test('takes the folders of the settings', async () => {
    await write('.hydrant.yaml', 'policies: { paths: [own] }\n');
    await write('own/a_test.rego', 'package a_test\n\ntest_a if true\n');
    expect(await run()).toMatchObject({ code: 0, stdout: 'PASS: 1/1\n' });
  });

  test('ends a test that never does', async () => {
    await write(
      'endless/a_test.rego',
      'package a_test\n\ntest_a if {\n\tsome a in numbers.range(1, 100000)\n\tsome b in numbers.range(1, 100000)\n\ta * b == -1\n}\n',
    );
    expect(await run('endless', '--timeout', '1s')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^hydrant: hydrant policy test needs more than 1 second; it was ended .*; --timeout gives it more time\n$/,
      ),
    });
    const { code, stdout } = await run('endless');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^endless\/a_test\.rego:3: data\.a_test\.test_a: ERROR: .*cancel/);
  });
});
