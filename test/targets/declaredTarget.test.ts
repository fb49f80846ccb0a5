import { describe, expect, test } from '@jest/globals';
import type { FoundObject } from '../../src/model/foundObject.ts';
import { told } from '../../src/model/told.ts';
import { environmentOfTarget } from '../../src/targets/environment.ts';
import { objectTargetId } from '../../src/targets/operator.ts';
import { mistake, mistakesOf, possibleMistake, refuse, refuseMistake } from '../../src/targets/refusal.ts';
import { resourceOf } from '../checks/schemas/manifests.ts';

function objectIn(cluster: string | null, environment: string | null, name = 'web'): FoundObject {
  const resource = resourceOf(`apiVersion: example.com/v1\nkind: Rollup\nmetadata: { name: ${name} }\n`);
  return { resource, cluster, environment, place: { in: 'file', path: 'a.yaml', document: 0 } };
}

describe('the target of an object', () => {
  test.each([
    ['one/Rollup/ops/web', 'one', 'staging'],
    ['staging/Rollup/ops/web', null, 'staging'],
    ['Rollup/ops/web', null, null],
  ])('is called %s', (id, cluster, environment) => {
    expect(objectTargetId(objectIn(cluster, environment), 'ops')).toBe(id);
  });

  test.each([
    ['production', 'one', 'apps/staging'],
    ['staging', 'two', 'apps/staging'],
    ['dev', 'two', 'apps/web'],
    ['dev', null, null],
  ])('is in the environment %s of the cluster %s and the folder %s', (expected, cluster, folder) => {
    const known = { match: [], apiVersions: [], labels: {}, annotations: {}, values: {} };
    const clusters = [{ ...known, name: 'one', environment: 'production' }];
    expect(environmentOfTarget({ object: objectIn(null, 'dev'), cluster, folder }, { clusters })).toBe(
      expected,
    );
  });
});

describe('a mistake of an object', () => {
  const object = objectIn(null, null);
  const why = told('no-folder', { path: 'apps' })`${'path'} is no folder`;
  const place = { rule: 'render/missing-path', fieldPath: ['spec', 'path'] };
  const violation = { ...place, severity: 'error', message: 'apps is no folder', about: why.about };

  test('is an error, or may be one', () => {
    expect(mistake({ ...place, object }, why)).toEqual({ object, violation });
    expect(possibleMistake({ ...place, object }, why).violation.severity).toBe('warning');
  });

  test('behind a refusal is of the object that is followed, unless it is of another', () => {
    const other = objectIn(null, null, 'other');
    const refusals = [refuse('only in the cluster'), refuseMistake(place, why)];
    expect(mistakesOf(refusals, object)).toEqual([{ object, violation }]);
    expect(mistakesOf([refuseMistake({ ...place, object: other }, why)], object)).toEqual([
      { object: other, violation },
    ]);
    expect(refusals.map(({ refused }) => refused)).toEqual(['only in the cluster', 'apps is no folder']);
  });
});
