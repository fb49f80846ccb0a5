import { expect, test } from '@jest/globals';
import { textOf } from '../../src/cli/engine.ts';
import { hydrant } from './run.ts';

test('the command says what renders, and what the kernel holds', async () => {
  const { code, stdout } = await hydrant('engine');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^kustomize v\d/m);
  if (process.platform === 'linux') expect(stdout).toContain('held by the kernel: seccomp (no programs');
});

test('what is not held is not called held', () => {
  const defences = [{ name: 'landlock', held: false, detail: 'this kernel has none' }];
  expect(textOf({ versions: { helm: 'v4' }, defences })).toBe(
    'helm v4\nNOT held by the kernel: landlock (this kernel has none)\n',
  );
});
