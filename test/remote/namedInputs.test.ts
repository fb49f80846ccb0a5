import { describe, expect, test } from '@jest/globals';
import type { NamedInput } from '../../src/model/remoteInputs.ts';
import { createNamedInputs } from '../../src/remote/namedInputs.ts';

const chart = (repository: string, name: string | null): NamedInput => ({
  kind: 'chart',
  repository,
  chart: name,
});
const file = (url: string): NamedInput => ({ kind: 'file', url });
const git = (repository: string): NamedInput => ({ kind: 'repository', repository });

function opens(named: NamedInput, wanted: NamedInput): boolean {
  const inputs = createNamedInputs();
  inputs.add(named);
  return inputs.has(wanted);
}

describe('what is named opens', () => {
  const charts = 'oci://registry.example/acme/charts';
  test.each([
    [chart('https://c.example/stable', 'web'), chart('https://C.example/stable/', 'other')],
    [chart('https://c.example/stable', null), chart('https://c.example/stable', 'web')],
    [chart(charts, 'web'), chart(charts, 'other')],
    [chart(charts, null), chart(`${charts}/`, 'web')],
    [chart(charts, 'web'), chart(`${charts}/web`, '')],
    [chart(`${charts}/web`, ''), chart(charts, 'web')],
    [chart('oci://registry.example', 'acme/web'), chart('oci://registry.example/acme', 'web')],
    [git('https://github.com/acme/base'), git('https://github.com/acme/base.git')],
    [git('git@github.com:acme/base.git'), git('https://github.com/acme/base')],
    [git('https://git.example/acme/base'), file('https://git.example/acme/base//prod?ref=v2')],
    [file('https://a.example/x.yaml?v=1'), file('https://a.example/x.yaml?v=2')],
    [
      file('https://github.com/acme/tool/releases/download/v1/install.yaml'),
      file('https://github.com/acme/tool/releases/download/v2/install.yaml'),
    ],
    [file('https://raw.githubusercontent.com/acme/tool/v1/x.yaml'), git('https://github.com/acme/tool')],
    [
      file('https://raw.githubusercontent.com/acme/tool/v1/x.yaml'),
      file('https://raw.githubusercontent.com/acme/tool/v2/y.yaml'),
    ],
    [
      file('https://gitlab.example/a/b/c/-/raw/v1/x.yaml'),
      file('https://gitlab.example/a/b/c/-/raw/v2/x.yaml'),
    ],
  ])('%j: %j', (named, wanted) => {
    expect(opens(named, wanted)).toBe(true);
  });
});

describe('what is named does not open', () => {
  test.each([
    [chart('https://c.example/stable', 'web'), chart('https://c.example/stable/more', 'web')],
    [chart('https://c.example/stable', 'web'), chart('https://c.example', 'web')],
    [chart('https://c.example/stable', 'web'), chart('http://c.example/stable', 'web')],
    [chart('https://c.example/stable', 'web'), file('https://c.example/stable/index.yaml')],
    [chart('oci://registry.example', 'acme/web'), chart('oci://registry.example', 'evil/web')],
    [chart('oci://registry.example', 'web'), chart('oci://registry.example', 'other')],
    [chart('oci://registry.example/acme', 'web'), chart('oci://registry.example/acme', '../evil/web')],
    [chart('oci://registry.example/acme', 'web'), chart('oci://registry.example/acme', '..')],
    [chart('oci://registry.example/acme', 'web'), chart('oci://registry.example/acme', '..\\..\\evil\\web')],
    [chart('oci://registry.example/acme', 'web'), chart('oci://registry.example/acme', 'deeper/web')],
    [chart('oci://registry.example/acme/web', ''), chart('oci://registry.example/acme/other', '')],
    [git('https://github.com/acme/base'), git('https://github.com/acme/base2')],
    [git('https://github.com/acme/base'), git('https://github.com/acme')],
    [git('https://github.com/acme/base'), file('https://github.com/acme/other/raw/x.yaml')],
    [file('https://a.example/x.yaml'), file('https://a.example/y.yaml')],
    [file('https://github.com/acme/tool/raw/x.yaml'), file('https://github.com/acme/other/raw/x.yaml')],
    [git('file:///srv/x'), git('file:///srv/x')],
  ])('%j: %j', (named, wanted) => {
    expect(opens(named, wanted)).toBe(false);
  });
});
