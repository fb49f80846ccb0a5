import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import { openRepository, type Repository } from '../../src/git/repository.ts';
import { Redactor } from '../../src/model/redacted.ts';
import type { Target } from '../../src/model/target.ts';
import { isSameRendering, Renderer } from '../../src/render/renderer.ts';
import { kustomizeTarget } from '../../src/targets/findTargets.ts';
import { createRepository, type TestRepository } from '../helpers/repository.ts';

const engine = new EnginePool({ size: 1 });
let files: TestRepository;
let repository: Repository;
let base: string;
let head: string;

beforeAll(async () => {
  files = await createRepository();
  base = await files.commit({
    'a/kustomization.yaml': 'configMapGenerator:\n- name: a\n  literals: [a=b]\n',
    'b/kustomization.yaml': 'configMapGenerator:\n- name: b\n  files: [x]\n',
    'b/x': '1',
    'plugin/x.cue': '1',
  });
  head = await files.commit({ 'b/x': '2', 'plugin/x.cue': '2' });
  repository = await openRepository(files.dir);
});
afterAll(() => Promise.all([engine.close(), repository.close()]));

async function judgeCommits(target: Target, other = target) {
  const renderer = new Renderer({ engine, redactor: new Redactor() });
  const [before, after] = await Promise.all([repository.snapshot(base), repository.snapshot(head)]);
  const atHead = await renderer.render(target, after);
  return { atHead, atBase: await renderer.render(other, before) };
}

describe('a renderer', () => {
  test('renders once what has equal files at both commits', async () => {
    const { atHead, atBase } = await judgeCommits(kustomizeTarget('a'));
    expect(isSameRendering(atBase, atHead)).toBe(true);
  });

  test('renders anew what reads another file', async () => {
    const { atHead, atBase } = await judgeCommits(kustomizeTarget('b'));
    expect(isSameRendering(atBase, atHead)).toBe(false);
    expect([atBase.status, atHead.status]).toEqual(['rendered', 'rendered']);
  });

  test('shares a rendering among targets of one source, and keeps their names', async () => {
    const other = { ...kustomizeTarget('a'), id: 'production/Application/argocd/a' };
    const { atHead, atBase } = await judgeCommits(kustomizeTarget('a'), other);
    expect(isSameRendering(atBase, atHead)).toBe(true);
    expect([atHead.target.id, atBase.target.id]).toEqual(['a', other.id]);
  });

  test.each([
    ['plugin', false],
    ['a', true],
  ])('tells what nobody can render by its folder: %s', async (path, same) => {
    const source = { tool: 'none', reason: 'a plugin renders it' } as const;
    const { atHead, atBase } = await judgeCommits({ ...kustomizeTarget(path), source });
    expect(atHead).toMatchObject({
      status: 'failed',
      problem: { kind: 'not-followed', message: 'a plugin renders it' },
    });
    expect(isSameRendering(atBase, atHead)).toBe(same);
  });
});
