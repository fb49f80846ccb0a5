import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@jest/globals';
import { renderDiff } from '../../src/report/diff.ts';
import { change, resource, review } from './builders.ts';

const CHANGES = review({
  changes: [
    change('apps/a'),
    change('apps/b'),
    change('apps/a', {
      change: 'added',
      resource: resource({ name: 'new' }),
      diff: '@@ -0,0 +1 @@\n+a: \u001b[2J',
    }),
    change('apps/a', { change: 'renamed', previousName: 'old', diff: '@@ -1 +1 @@\n-old\n+myapp' }),
  ],
});

test('each difference stands once, with where it is', () => {
  expect(renderDiff(CHANGES)).toBe(`\
diff changed in apps/a, apps/b
--- apps/v1 Deployment myapp
+++ apps/v1 Deployment myapp
@@ -5,3 +5,3 @@
 spec:
-  replicas: 1
+  replicas: 2
   selector:
diff added in apps/a
--- /dev/null
+++ apps/v1 Deployment new
@@ -0,0 +1 @@
+a: <U+001B>[2J
diff renamed in apps/a
--- apps/v1 Deployment old
+++ apps/v1 Deployment myapp
@@ -1 +1 @@
-old
+myapp
`);
});

test('colours add nothing but colours', () => {
  const coloured = renderDiff(CHANGES, { color: true });
  expect(coloured).toContain('\u001b[32m+  replicas: 2\u001b[39m');
  expect(stripVTControlCharacters(coloured)).toBe(renderDiff(CHANGES));
});
