import { afterAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import type { RenderReply } from '../../src/engine/protocol/render.ts';
import type { Template } from '../../src/engine/protocol/templates.ts';
import type { RenderSource } from '../../src/model/renderSource.ts';
import { ownCommits } from '../helpers/ownCommits.ts';
import type { TestFiles } from '../helpers/repository.ts';

const pool = new EnginePool({ size: 1 });
afterAll(() => pool.close());

async function render(files: TestFiles, source: RenderSource): Promise<RenderReply> {
  const { repository, commits } = await ownCommits(files);
  const [commit = ''] = commits;
  return pool.render({
    gitDir: repository.gitDir,
    commit,
    source,
    redaction: { mode: 'none' },
    want: 'origins',
  });
}

const CONFIG = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { a: "\${A}" }\n`;

describe('every kind of source', () => {
  test('a kustomization with edits', async () => {
    const files = { 'o/kustomization.yaml': 'resources: [c.yaml]\n', 'o/c.yaml': CONFIG };
    const edits = {
      namespace: 'ns',
      namePrefix: 'p-',
      labels: [{ pairs: { l: 'x' } }],
      annotations: { n: '1' },
      patches: [
        { target: { kind: 'ConfigMap' }, patch: '- { op: add, path: /data/b, value: c }' },
        { target: { kind: 'ConfigMap' }, patch: '- { op: add, path: /data/d, value: e }' },
      ],
      patchesStrategicMerge: [
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { s: 'm' } },
      ],
    };
    expect(await render(files, { tool: 'kustomize', path: 'o', edits })).toMatchObject({
      resources: [
        {
          metadata: { name: 'p-c', namespace: 'ns', labels: { l: 'x' }, annotations: { n: '1' } },
          data: { a: `\${A}`, b: 'c', d: 'e', s: 'm' },
        },
      ],
      origins: [{ path: 'o/c.yaml' }],
    });
  });

  test('a folder that Flux makes a kustomization for, of an artifact made of parts', async () => {
    const files = { 'apps/base/c.yaml': CONFIG, 'apps/base/readme.md': 'x', 'apps/other/d.yaml': CONFIG };
    const reply = await render(files, {
      tool: 'kustomize',
      path: 'app',
      generate: true,
      mounts: [{ from: 'apps/base/**', to: 'app', exclude: ['*.md'] }],
      steps: [{ step: 'substitute', variables: { A: 'x' }, strict: true }],
    });
    expect(reply).toMatchObject({
      resources: [{ data: { a: 'x' } }],
      origins: [{ path: 'apps/base/c.yaml', configuredIn: null, transformations: [] }],
    });
    expect(reply.trace.map(({ path }) => path)).not.toContain('apps/other');
  });

  test('plain manifests of several sources, with steps', async () => {
    const files = { 'a/c.yaml': CONFIG, 'b/c.yaml': CONFIG, 'b/x.jsonnet': '{}' };
    const reply = await render(files, {
      tool: 'combined',
      sources: [
        { tool: 'directory', path: 'a', recurse: false },
        { tool: 'directory', path: 'b', recurse: true, exclude: '*.jsonnet' },
      ],
      steps: [
        { step: 'defaultNamespace', namespace: 'dest', clusterScoped: ['example.com/Wide'] },
        { step: 'metadata', labels: { l: 'x' } },
        { step: 'kustomize', edits: { nameSuffix: '-s' } },
      ],
    });
    // The later source's resource is the one that counts.
    expect(reply).toMatchObject({
      resources: [{ metadata: { name: 'c-s', namespace: 'dest', labels: { l: 'x' } } }],
      origins: [{ path: 'b/c.yaml' }],
    });
  });

  test('a problem names its kind and place', async () => {
    expect(
      await render({ 'a/x.jsonnet': '{}' }, { tool: 'directory', path: 'a', recurse: false }),
    ).toMatchObject({ problem: { kind: 'unsupported', path: 'a/x.jsonnet', line: null } });
  });
});

describe('templates of ApplicationSets', () => {
  const simple: Template = {
    template: { name: '{{ name }}' },
    parameters: { name: 'n' },
    goTemplate: false,
    options: [],
  };
  const go = (template: string): Template => ({
    template,
    parameters: { name: 'n' },
    goTemplate: true,
    options: ['missingkey=error'],
  });

  test('each has its result or its error', async () => {
    expect(
      await pool.renderTemplates([
        simple,
        go('{{ .gone }}'),
        { ...simple, patch: 'spec: { project: x, path: "{{name}}" }' },
      ]),
    ).toEqual([
      { result: { name: 'n' } },
      { error: expect.stringContaining('map has no entry for key "gone"') },
      { result: { name: 'n', spec: { path: 'n' } } },
    ]);
  });

  test('one that takes too long is its own error', async () => {
    const hasty = new EnginePool({ size: 1, timeoutMs: 3_000 });
    const endless = go('{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}');
    expect(await hasty.renderTemplates([simple, endless])).toEqual([
      { result: { name: 'n' } },
      { error: 'Rendering took longer than 3 s and was stopped.' },
    ]);
    await hasty.close();
  });
});
