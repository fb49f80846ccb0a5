import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SUPPLIED_BUILTINS } from '../../../src/checks/policies/suppliedBuiltins.ts';
import { EnginePool } from '../../../src/engine/pool.ts';
import type { RegoModule, RegoTestReply } from '../../../src/engine/protocol/rego.ts';
import { packageFile } from '../../../src/model/packageFile.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

let modules: RegoModule[];
let reply: RegoTestReply;

beforeAll(async () => {
  const root = packageFile('policies');
  const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.rego'));
  modules = await Promise.all(
    names.map(async (name) => ({ path: name, content: await readFile(path.join(root, name), 'utf8') })),
  );
  reply = await engine.testRego({ modules, builtins: SUPPLIED_BUILTINS });
});

function rules(): string[] {
  return modules
    .map(({ path: file }) => file)
    .filter((file) => !file.startsWith('lib') && !file.endsWith('_test.rego'));
}

describe('the built-in policies', () => {
  test('pass their own tests', () => {
    expect(reply.errors).toEqual([]);
    expect(reply.results.filter(({ passed }) => !passed)).toEqual([]);
  });

  test('are at least twelve, each in a folder of its name with METADATA', () => {
    expect(rules().length).toBeGreaterThanOrEqual(12);
    for (const file of rules()) {
      const [category = '', rule = '', name] = file.split('/');
      const content = modules.find((module) => module.path === file)?.content ?? '';
      expect(name).toBe(`${rule}.rego`);
      expect(content).toContain(`package hydrant.${category}.${rule.replaceAll('-', '_')}\n`);
      expect(content).toMatch(/^# METADATA\n# title: .+\n# description: /);
      expect(content).toMatch(/#\s+severity: (error|warning)\n/);
    }
  });

  test('each have a test that must deny and one that must allow', () => {
    for (const file of rules()) {
      const names = reply.results
        .filter((result) => result.path === file.replace('.rego', '_test.rego'))
        .map(({ name }) => name);
      expect({ file, names }).toEqual({
        file,
        names: expect.arrayContaining([
          expect.stringMatching(/^test_denies_/),
          expect.stringMatching(/^test_allows_/),
        ]),
      });
      expect(names.filter((name) => !/^test_(denies|allows)_/.test(name))).toEqual([]);
    }
  });
});
