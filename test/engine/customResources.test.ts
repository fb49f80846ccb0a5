import { afterAll, describe, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';

const pool = new EnginePool({ size: 1 });
afterAll(() => pool.close());

const SCHEMA = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: { size: { type: 'integer' } },
      'x-kubernetes-validations': [{ rule: 'self.size < 3', message: 'too large' }],
    },
  },
};
const asked = { schema: SCHEMA, hasStatus: false, compare: false };
const widget = (size: unknown) => ({ object: { apiVersion: 'a.b/v1', kind: 'W', spec: { size } } });

describe('CEL rules of custom resources in the engine', () => {
  test('have a result for each resource, in order', async () => {
    const reply = await pool.checkCustomResources({ ...asked, resources: [5, 1, 4].map(widget) });
    const broken = { violations: [{ fieldPath: ['spec'], message: 'too large' }], unchecked: [] };
    expect(reply).toMatchObject({
      transitions: false,
      results: [broken, { violations: [], unchecked: [] }, broken],
    });
  });

  test('of hundreds of resources are answered at once', async () => {
    const resources = Array.from({ length: 500 }, (_, index) => widget(index % 5));
    const { results } = await pool.checkCustomResources({ ...asked, resources });
    expect(results.filter(({ violations }) => violations.length > 0)).toHaveLength(200);
  });

  test('that take too long are that request alone', async () => {
    const hasty = new EnginePool({ size: 1, timeoutMs: 1 });
    const params = { ...asked, resources: [1, 2].map(widget) };
    expect(await hasty.checkCustomResources(params)).toEqual({
      problem: 'they could not be evaluated (timeout)',
      transitions: false,
      results: [],
    });
    expect(await hasty.checkDefinitions({ definitions: [{}] })).toEqual({
      results: [{ violations: [], unchecked: ['its rules could not be compiled (timeout)'] }],
    });
    await hasty.close();
  });

  test('with a schema that is none say why', async () => {
    const reply = await pool.checkCustomResources({ ...asked, schema: { type: 3 }, resources: [widget(1)] });
    expect(reply.problem).toMatch(/^the openAPIV3Schema cannot be read: /);
  });
});
