import { afterAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import { METHODS, PROTOCOL } from '../../src/engine/protocol/messages.ts';
import type { RenderParams } from '../../src/engine/protocol/render.ts';
import { RENDER_PROBLEM_KINDS } from '../../src/model/rendering.ts';
import { createRepository, type TestFiles } from '../helpers/repository.ts';

const pool = new EnginePool({ size: 2 });
afterAll(() => pool.close());

async function committed(files: TestFiles): Promise<Pick<RenderParams, 'gitDir' | 'commit'>> {
  const repository = await createRepository();
  return { gitDir: repository.gitDir, commit: await repository.commit(files) };
}

const folder = (path: string) => ({ source: { tool: 'kustomize', path } }) as const;
const PLAIN = { redaction: { mode: 'none' }, want: 'manifests' } as const;
const CONFIG = { 'a/kustomization.yaml': 'configMapGenerator:\n- name: c\n  literals: [a=b]\n' };

/** Aliases of aliases: a few hundred bytes that expand to gigabytes. */
function bomb(): string {
  const levels = Array.from({ length: 12 }, (_, level) =>
    level === 0
      ? 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]'
      : `a${level}: &a${level} [${Array(10)
          .fill(`*a${level - 1}`)
          .join(', ')}]`,
  );
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: bomb }\ndata:\n${levels.map((line) => `  ${line}\n`).join('')}`;
}

describe('the engine pool', () => {
  test('both sides of the protocol name the same methods and problems', async () => {
    const description = await pool.describe();
    expect(description.protocol).toBe(PROTOCOL);
    expect(description.methods).toEqual([...METHODS].toSorted());
    expect([...description.problemKinds].toSorted()).toEqual([...RENDER_PROBLEM_KINDS].toSorted());
  });

  test('renders in parallel, each answer to its own question', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `t${index}`);
    const at = await committed(
      Object.fromEntries(
        names.map((name) => [`${name}/kustomization.yaml`, `configMapGenerator:\n- name: ${name}\n`]),
      ),
    );
    const replies = await Promise.all(names.map((path) => pool.render({ ...at, ...folder(path), ...PLAIN })));
    for (const [index, reply] of replies.entries()) {
      expect(reply).toMatchObject({ manifests: expect.stringMatching(new RegExp(`name: t${index}-`)) });
    }
  });

  test("a bomb of aliases is its own target's problem, and the next render is fine", async () => {
    const small = new EnginePool({ size: 1, timeoutMs: 10_000, memoryLimitBytes: 256 * 2 ** 20 });
    const at = await committed({
      ...CONFIG,
      'b/kustomization.yaml': 'resources: [bomb.yaml]',
      'b/bomb.yaml': bomb(),
    });
    const bombed = await small.render({ ...at, ...folder('b'), ...PLAIN });
    expect(bombed).toHaveProperty('problem');
    expect(await small.render({ ...at, ...folder('a'), ...PLAIN })).toHaveProperty('manifests');
    await small.close();
  });

  test("too much memory is that target's problem", async () => {
    // Below what a Go program holds when it does nothing.
    const tiny = new EnginePool({ size: 1, memoryLimitBytes: 2 ** 20 });
    const at = await committed(CONFIG);
    const ended = await Promise.all(
      Array.from({ length: 30 }, () => tiny.render({ ...at, ...folder('a'), ...PLAIN })),
    );
    expect(ended.some((reply) => 'problem' in reply && reply.problem.kind === 'memory')).toBe(true);
    await tiny.close();
  });

  test('a template that renders itself is stopped long before the memory is full', async () => {
    const calling = (text: string): TestFiles => ({
      'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
      'c/values.yaml': 'a: "{{ tpl .Values.b . }}"\nb: "{{ if true }}{{ tpl .Values.a . }}{{ end }}"\n',
      'c/templates/a.yaml': text,
    });
    const chart = {
      source: {
        tool: 'helm',
        chart: { path: 'c' },
        releaseName: 'c',
        namespace: 'c',
        values: [],
        includeCrds: false,
      },
    } as const;
    const ended = async (text: string) => {
      const reply = await pool.render({ ...(await committed(calling(text))), ...chart, ...PLAIN });
      return 'problem' in reply ? reply.problem : null;
    };
    expect(await ended('{{ tpl .Values.a . }}')).toMatchObject({
      kind: 'memory',
      message:
        'Rendering called itself without end and was stopped; does a template render itself, or a value contain itself?',
    });
    // Helm's own limit is reached before, and says which template it is.
    expect(
      await ended(
        '{{ define "x" }}{{ range list 1 }}{{ include "x" . }}{{ end }}{{ end }}{{ include "x" . }}',
      ),
    ).toMatchObject({
      kind: 'template',
      message: 'The template x includes itself without end.',
    });
  });

  test('a render that takes too long is stopped, and the next one gets a new process', async () => {
    const hasty = new EnginePool({ size: 1, timeoutMs: 1 });
    const at = await committed(CONFIG);
    expect(await hasty.render({ ...at, ...folder('a'), ...PLAIN })).toEqual({
      trace: [],
      problem: {
        kind: 'timeout',
        message: 'Rendering took longer than 0.001 s and was stopped.',
        path: null,
        line: null,
        subject: null,
      },
    });
    await hasty.close();
  });

  test('an aborted render rejects with the reason', async () => {
    const at = await committed(CONFIG);
    await expect(
      pool.render({ ...at, ...folder('a'), ...PLAIN }, AbortSignal.abort(new Error('superseded'))),
    ).rejects.toThrow('superseded');
  });

  test('an engine that was not built says how to build it', async () => {
    const missing = new EnginePool({ binary: '/nowhere/engine' });
    await expect(missing.describe()).rejects.toThrow('npm run build:engine');
  });

  test('values of Secrets come as digests, and never in an error', async () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  password: canary-pool\n';
    const at = await committed({
      'a/kustomization.yaml': 'resources: [s.yaml]',
      'a/s.yaml': secret,
      'b/kustomization.yaml': 'resources: [s.yaml]',
      'b/s.yaml': `${secret} broken: [canary-broken\n`,
    });
    const redaction = { mode: 'digest', key: 'ab' } as const;
    const good = await pool.render({ ...at, ...folder('a'), redaction, want: 'resources' });
    expect(good).toMatchObject({
      resources: [
        { stringData: { password: expect.stringMatching(/^hydrant\.redacted\/plain\/[0-9a-f]{64}$/) } },
      ],
    });
    const bad = await pool.render({ ...at, ...folder('b'), redaction, want: 'resources' });
    expect(bad).toMatchObject({ problem: { kind: 'syntax', path: 'b/s.yaml' } });
    expect(JSON.stringify([good, bad])).not.toContain('canary-');
  });
});
