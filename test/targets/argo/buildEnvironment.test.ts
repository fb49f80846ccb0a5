// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are placeholders of Argo CD.
import { describe, expect, test } from '@jest/globals';
import { substitute } from '../../../src/targets/argo/buildEnvironment.ts';
import { fc } from '../../helpers/properties.ts';

const ENVIRONMENT = { A: 'a', ARGOCD_APP_NAME: 'web', LONG_1: '$A' };

describe('substitution of the build environment', () => {
  // What Go's os.Expand gives with Argo CD's mapping.
  test.each([
    ['$A', 'a'],
    ['${A}', 'a'],
    ['x$A.y', 'xa.y'],
    ['$AB', ''],
    ['$A-B', 'a-B'],
    ['$LONG_1', '$A'],
    ['$$A', '$A'],
    ['$${A}', '${A}'],
    ['${$}', '$'],
    ['$', '$'],
    ['a$', 'a$'],
    ['$.', '$.'],
    ['${}', ''],
    ['${A', 'A'],
    ['$1x', 'x'],
    ['${B}c', 'c'],
    ['$__proto__', ''],
    ['${ARGOCD_APP_NAME}/$ARGOCD_APP_NAME', 'web/web'],
  ])('%s', (text, expected) => expect(substitute(text, ENVIRONMENT)).toBe(expected));

  test('leaves a text without dollar sign as it is', () => {
    fc.assert(
      fc.property(
        fc.string().filter((text) => !text.includes('$')),
        (text) => expect(substitute(text, ENVIRONMENT)).toBe(text),
      ),
    );
  });

  test('gives back what was escaped', () => {
    fc.assert(
      fc.property(fc.string(), (text) =>
        expect(substitute(text.replaceAll('$', '$$$$'), ENVIRONMENT)).toBe(text),
      ),
    );
  });
});
