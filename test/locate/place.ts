import { afterAll } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import { locate } from '../../src/locate/locate.ts';
import { locateProblem } from '../../src/locate/locateProblem.ts';
import type { FieldPath } from '../../src/model/manifest.ts';
import { Redactor } from '../../src/model/redacted.ts';
import { renderOrigins, renderTarget } from '../../src/render/renderTarget.ts';
import { kustomizeTarget } from '../../src/targets/findTargets.ts';
import { ownCommits } from '../helpers/ownCommits.ts';
import type { TestFiles } from '../helpers/repository.ts';

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

export const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
spec:
  replicas: 1
  template:
    spec:
      containers:
      - name: app
        image: app:1
        env:
        - name: A
          value: b
      - name: side
        image: side:1
`;
const BASE: TestFiles = { 'base/kustomization.yaml': 'resources: [d.yaml]\n', 'base/d.yaml': DEPLOYMENT };
export const CONTAINER = ['spec', 'template', 'spec', 'containers', 0];
const target = kustomizeTarget('o');

/** What the overlay `o` does to the base. */
export const overlay = (more: string) => ({ 'o/kustomization.yaml': `resources: [../base]\n${more}` });

/**
 * `path:line` (or `path:first-last`) of a field of the first rendered resource of a kind;
 * or of the problem of what does not render.
 */
export async function place(
  files: TestFiles,
  fieldPath: FieldPath | null,
  kind = 'Deployment',
  message = '',
): Promise<string | null> {
  const { repository, commits } = await ownCommits({ ...BASE, ...files });
  const snapshot = await repository.snapshot(commits[0] ?? '');
  const context = { engine, snapshot, redactor: new Redactor() };
  const rendering = await renderTarget(target, context);
  if (rendering.status === 'failed') {
    const { problem, trace } = rendering;
    return text(await locateProblem({ snapshot, target, problem, trace }));
  }
  const resource = rendering.resources.find((one) => one.kind === kind);
  const origin = (await renderOrigins(target, context))[resource?.index ?? -1];
  if (resource === undefined || origin === undefined) throw new Error(`no ${kind} was rendered`);
  return text(await locate({ snapshot, resource, origin, fieldPath, message }));
}

function text(location: Awaited<ReturnType<typeof locate>>): string | null {
  if (location === null) return null;
  const { path, startLine, endLine } = location;
  return `${path}:${startLine}${endLine === startLine ? '' : `-${endLine}`}`;
}
