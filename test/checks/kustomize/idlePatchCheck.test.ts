import { afterAll, expect, test } from '@jest/globals';
import { findIdlePatches } from '../../../src/checks/kustomize/idlePatchCheck.ts';
import { EnginePool } from '../../../src/engine/pool.ts';
import { openRepository } from '../../../src/git/repository.ts';
import { Redactor } from '../../../src/model/redacted.ts';
import { renderTarget } from '../../../src/render/renderTarget.ts';
import type { RenderEngine } from '../../../src/render/withRemotes.ts';
import { kustomizeTarget } from '../../../src/targets/findTargets.ts';
import { createRepository } from '../../helpers/repository.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

const PATCH = '- target: {kind: Ingress}\n  patch: |-\n    - {op: remove, path: /spec}\n';

test('the patches of targets of one source are asked about once, all together', async () => {
  const made = await createRepository();
  const commit = await made.commit({
    'o/kustomization.yaml': `resources: [c.yaml]\npatches:\n${PATCH}${PATCH}`,
    'o/c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n',
  });
  const repository = await openRepository(made.dir);
  const asked: unknown[] = [];
  const counting: RenderEngine = {
    render: (params) => Promise.reject(new Error(`renders ${JSON.stringify(params.source)}`)),
    findCauses: (params) => {
      asked.push(params.tries?.length);
      return engine.findCauses(params);
    },
  };
  const snapshot = await repository.snapshot(commit);
  const context = { engine, snapshot, redactor: new Redactor() };
  const targets = ['one', 'two', 'three'].map((id) => ({ ...kustomizeTarget('o'), id }));
  const renderings = await Promise.all(targets.map((target) => renderTarget(target, context)));
  const discovery = {
    renderings,
    definitionFiles: [],
    objects: [],
    declared: new Map(),
    violations: [],
    notValidated: [],
    unrendered: new Map(),
  };
  const found = await findIdlePatches(renderings, { rendering: { ...context, engine: counting }, discovery });
  await repository.close();
  expect(found.map(({ subject, location }) => [subject, location?.startLine])).toEqual(
    targets.flatMap((target) => [3, 6].map((line) => [{ is: 'patch', target }, line])),
  );
  expect(asked).toEqual([2]);
});
