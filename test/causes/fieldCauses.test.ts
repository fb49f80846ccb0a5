import { afterAll, expect, test } from '@jest/globals';
import { type AskedField, fieldCauses } from '../../src/causes/fieldCauses.ts';
import type { CausesParams } from '../../src/engine/engine.ts';
import { EnginePool } from '../../src/engine/pool.ts';
import { keyed } from '../../src/model/keyedSource.ts';
import { Redactor } from '../../src/model/redacted.ts';
import type { HelmSource } from '../../src/model/renderSource.ts';
import type { Resource } from '../../src/model/resource.ts';
import type { RenderContext } from '../../src/render/renderTarget.ts';
import { ownSnapshot } from '../helpers/ownCommits.ts';

const pool = new EnginePool({ size: 1 });
afterAll(() => pool.close());

const chart = (name: string): HelmSource => ({
  tool: 'helm',
  chart: { path: name },
  releaseName: 'r',
  namespace: 'n',
  includeCrds: false,
  values: [{ file: 'more.yaml' }, { text: 'size: large\n' }],
});

const files = (name: string) => ({
  [`${name}/Chart.yaml`]: `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`,
  [`${name}/values.yaml`]: 'color: red\nspare: word\n',
  [`${name}/templates/c.yaml`]:
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {color: {{ .Values.color }}, size: {{ .Values.size }}, own: word}\n',
});

const field = (source: AskedField['source'], name: string): AskedField => {
  const resource: Resource = {
    group: '',
    version: 'v1',
    kind: 'ConfigMap',
    namespace: null,
    name: 'c',
    index: 0,
    manifest: {},
  };
  return { source, resource, fieldPath: ['data', name], missing: [] };
};

/** Does something with a commit that has both charts. */
async function withCharts(engine: RenderContext['engine'], use: (context: RenderContext) => Promise<void>) {
  const snapshot = await ownSnapshot({ ...files('a'), ...files('b'), 'more.yaml': '{}\n' });
  await use({ engine, snapshot, redactor: new Redactor() });
}

test('fields of one source are asked for together, and each gets the place of its value', async () => {
  const asked: CausesParams[] = [];
  const engine = {
    render: pool.render.bind(pool),
    findCauses: (params: CausesParams) => {
      asked.push(params);
      return pool.findCauses(params);
    },
  };
  await withCharts(engine, async (context) => {
    const [a, b] = [keyed(chart('a')), keyed(chart('b'))];
    const fields = [field(b, 'color'), null, field(a, 'size'), field(a, 'own'), field(a, 'color')];
    expect(await fieldCauses(fields, context)).toEqual([
      { path: 'b/values.yaml', layer: 0, steps: ['color'], line: 1 },
      null,
      { path: '', layer: 1, steps: ['size'], line: 1 },
      null,
      { path: 'a/values.yaml', layer: 0, steps: ['color'], line: 1 },
    ]);
    expect(asked.map((params) => params.fields?.length)).toEqual([1, 3]);
  });
});

test('nothing is known of what takes too long', async () => {
  const hasty = new EnginePool({ size: 1, timeoutMs: 1 });
  try {
    await withCharts(hasty, async (context) => {
      expect(await fieldCauses([field(keyed(chart('a')), 'color')], context)).toEqual([null]);
    });
  } finally {
    await hasty.close();
  }
});
