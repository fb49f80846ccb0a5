import { expect, test } from '@jest/globals';
import { releaseName } from '../../../src/targets/flux/releaseName.ts';
import { fc } from '../../helpers/properties.ts';

test.each([
  // Of the controller's tests, and of its documentation but for two characters more than 53.
  [{}, 'release-name', 'release-name'],
  [
    { targetNamespace: 'a-very-lengthy-target-namespace' },
    'with-a-nice-object-name',
    'a-very-lengthy-target-namespace-with-a-n-97af5d7f41f3',
  ],
  [
    {},
    'release-name-with-very-long-name-which-is-longer-than-53-characters',
    'release-name-with-very-long-name-which-i-788ca0d0d7b0',
  ],
  [
    { releaseName: 'another-release-name-with-very-long-name-which-is-longer-than-53-characters' },
    'x',
    'another-release-name-with-very-long-name-7e72150d5a36',
  ],
  [{ releaseName: 'own', targetNamespace: 'web' }, 'app', 'own'],
  [{ releaseName: '', targetNamespace: '' }, 'app', 'app'],
])('of %j and %s is %s', (spec, name, expected) => {
  expect(releaseName(spec, name)).toBe(expected);
});

const names = fc.stringMatching(/^[a-z][a-z0-9-]{0,62}$/);

test('is what is given or composed where that is short enough, and else 53 characters that begin alike', () => {
  fc.assert(
    fc.property(fc.option(names), fc.option(names), names, (given, namespace, name) => {
      const spec = {
        ...(given !== null && { releaseName: given }),
        ...(namespace !== null && { targetNamespace: namespace }),
      };
      const whole = given ?? (namespace === null ? name : `${namespace}-${name}`);
      const found = releaseName(spec, name);
      if (whole.length <= 53) expect(found).toBe(whole);
      else {
        expect(found).toMatch(/^.{40}-[0-9a-f]{12}$/);
        expect(whole.startsWith(found.slice(0, 40))).toBe(true);
      }
    }),
  );
});

test('tells long names apart that begin alike', () => {
  fc.assert(
    fc.property(fc.uniqueArray(names, { minLength: 2, maxLength: 2 }), ([one = '', other = '']) => {
      const namespace = 'n'.repeat(50);
      expect(releaseName({ targetNamespace: namespace }, one)).not.toBe(
        releaseName({ targetNamespace: namespace }, other),
      );
    }),
  );
});
