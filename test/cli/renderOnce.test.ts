import { afterEach, expect, jest, test } from '@jest/globals';
import { runRender } from '../../src/cli/render.ts';
import { EnginePool } from '../../src/engine/pool.ts';
import { applicationWith, configMap, inRepository, REPOSITORY } from '../helpers/operators.ts';
import { createRepository } from '../helpers/repository.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

test('a target that is asked for by its id is found by rendering each target of the commit once', async () => {
  const files = await createRepository();
  await files.commit({
    '.hydrant.yaml': `repository: {urls: [${REPOSITORY}]}\n`,
    'app.yaml': applicationWith({ source: inRepository({ path: 'web' }) }, 'web'),
    'web/a.yaml': configMap('web'),
    'own/kustomization.yaml': 'resources: [a.yaml]\n',
    'own/a.yaml': configMap('own'),
  });
  const asked = jest.spyOn(EnginePool.prototype, 'render');
  const printed = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const options = { repo: files.dir, rev: 'HEAD', path: 'Application/argocd/web', format: 'yaml' } as const;
  expect(await runRender({ ...options, offline: true }, () => {})).toBe(0);
  expect(printed.mock.calls.join('')).toContain('name: web');
  const wants = asked.mock.calls.map(([{ want, source }]) => `${want} ${source.tool}`);
  expect(wants.toSorted()).toEqual(['manifests directory', 'resources directory', 'resources kustomize']);
});
