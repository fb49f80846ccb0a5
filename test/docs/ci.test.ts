import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { packageFile } from '../../src/model/packageFile.ts';
import { watch } from '../canary/watch.ts';
import { createFolder, createRepository, type TestRepository } from '../helpers/repository.ts';

const SECRET =
  'apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { password: canary-action }\n';

interface Step {
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

async function yamlOf<T>(file: string): Promise<T> {
  return parse(await readFile(packageFile(file), 'utf8'));
}

/** What an expression of the action's own steps stands for; another one is a mistake of this test. */
function filledIn(expression: string, values: Readonly<Record<string, string>>): string {
  return expression.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for ${name}`);
    return value;
  });
}

/** Runs the scripts of the action one after the other, as a runner does with `shell: bash`. */
async function runAction(inputs: Readonly<Record<string, string>>) {
  const action = await yamlOf<Action>('action.yml');
  const folder = await createFolder();
  const files = {
    GITHUB_OUTPUT: path.join(folder, 'output'),
    GITHUB_STEP_SUMMARY: path.join(folder, 'summary'),
  };
  for (const file of Object.values(files)) await writeFile(file, '');
  const defaults = Object.entries(action.inputs).map(([name, one]) => [`inputs.${name}`, one.default]);
  const given = Object.entries(inputs).map(([name, value]) => [`inputs.${name}`, value]);
  const values = { 'github.action_path': packageFile('.'), ...Object.fromEntries([...defaults, ...given]) };
  let ended = { code: 0 as number | null, stdout: '' };
  for (const { run, env = {} } of action.runs.steps) {
    if (run === undefined || ended.code !== 0) continue;
    const own = Object.entries(env).map(([name, text]) => [name, filledIn(text, values)]);
    const { status, stdout, stderr } = spawnSync(
      'bash',
      ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run],
      {
        encoding: 'utf8',
        env: { ...process.env, HYDRANT_OFFLINE: 'true', ...files, ...Object.fromEntries(own) },
      },
    );
    watch('the action', stdout + stderr);
    ended = { code: status, stdout };
  }
  const summary = await readFile(files.GITHUB_STEP_SUMMARY, 'utf8');
  watch('the summary of the action', summary);
  return { ...ended, summary, output: await readFile(files.GITHUB_OUTPUT, 'utf8') };
}

let files: TestRepository;
let base: string;
beforeAll(async () => {
  files = await createRepository();
  base = await files.commit({ 'a/kustomization.yaml': 'resources: []\n', 'README.md': 'words' });
});

test('the steps of the action review a clone, and end as the review does', async () => {
  const head = await files.commit({ 'a/kustomization.yaml': 'resources: [s.yaml]\n', 'a/s.yaml': SECRET });
  const folder = await createFolder();
  const sarif = path.join(folder, 'a b.sarif');
  const junit = path.join(folder, 'junit.xml');
  const { code, stdout, summary, output } = await runAction({ repo: files.dir, base, head, sarif, junit });
  expect(code).toBe(1);
  expect(stdout).toContain('::error file=a/s.yaml,line=4,endLine=4,title=secret/plain-secret::');
  expect(output).toBe('exit-code=1\n');
  expect(summary).toContain('Hydrant');
  expect(JSON.parse(await readFile(sarif, 'utf8')).runs[0].results).toHaveLength(1);
  expect(await readFile(junit, 'utf8')).toContain('failures="1"');
});

test('a review that is not whole fails the step unless told otherwise', async () => {
  const head = await files.commit(
    {
      'a/w.yaml': 'apiVersion: example.com/v1\nkind: W\nmetadata: { name: w }\n',
      'a/kustomization.yaml': 'resources: [w.yaml]\n',
    },
    { branch: 'gap', parent: base },
  );
  const inputs = { repo: files.dir, base, head };
  expect(await runAction(inputs)).toMatchObject({ code: 3, output: 'exit-code=3\n' });
  expect(await runAction({ ...inputs, 'fail-on-not-validated': 'false' })).toMatchObject({
    code: 0,
    output: 'exit-code=3\n',
  });
});

test('the workflow and the docs name inputs that the action has', async () => {
  const { inputs } = await yamlOf<Action>('action.yml');
  const { jobs } = await yamlOf<{
    readonly jobs: {
      readonly hydrant: { readonly steps: readonly { uses: string; with: Record<string, string> }[] };
    };
  }>('.github/workflows/hydrant.yml');
  const used = jobs.hydrant.steps.find(({ uses }) => uses === './hydrant');
  expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(used?.with ?? { none: '' })));
  const docs = await readFile(packageFile('docs/ci.md'), 'utf8');
  for (const input of Object.keys(inputs)) expect(docs).toContain(`| \`${input}\` |`);
});

test('the hook of pre-commit is a command that there is', async () => {
  const [hook] =
    await yamlOf<readonly { readonly entry: string; readonly pass_filenames: boolean }[]>(
      '.pre-commit-hooks.yaml',
    );
  expect(hook).toMatchObject({ entry: 'hydrant check --worktree', pass_filenames: false });
});
