import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS, UNREADABLE_SETTINGS } from '../../src/settings/defaults.ts';
import { readSettings } from '../../src/settings/readSettings.ts';
import { ownSnapshot } from '../helpers/ownCommits.ts';
import type { TestFiles } from '../helpers/repository.ts';

async function read(files: TestFiles) {
  return readSettings(await ownSnapshot(files));
}

const OLD = { ...DEFAULT_SETTINGS, kubernetesVersion: '1.35' };

describe('readSettings', () => {
  test('a repository without settings has the defaults', async () => {
    expect(await read({ 'apps/.hydrant.yaml': 'nonsense' })).toEqual({
      settings: DEFAULT_SETTINGS,
      problems: [],
    });
  });

  test.each(['.hydrant.yaml', '.hydrant.yml'])('reads %s in the root', async (name) => {
    expect(await read({ [name]: 'kubernetesVersion: "1.35"' })).toEqual({ settings: OLD, problems: [] });
    expect((await read({ [name]: 'version: 1' })).problems).toMatchObject([
      {
        path: name,
        line: 1,
        message: `\`${name}\` line 1: unknown field \`version\`. Allowed: \`kubernetesVersion\`, \`gate\`, \`comment\`, \`targets\`, \`policies\`, \`exceptions\`, \`schemas\`, \`repository\`, \`clusters\`, \`kustomize\`, \`flux\`, \`limits\`, \`remotes\`.`,
      },
    ]);
  });

  test('of two files the first counts and the other is told', async () => {
    const files = {
      '.hydrant.yml': 'kubernetesVersion: "1.36"',
      '.hydrant.yaml': 'kubernetesVersion: "1.35"',
    };
    expect(await read(files)).toMatchObject({
      settings: OLD,
      problems: [
        {
          path: '.hydrant.yml',
          line: 1,
          message:
            '`.hydrant.yml` line 1: ignored, because `.hydrant.yaml` is there too. Keep one of the two.',
        },
      ],
    });
  });

  test.each<[string, TestFiles, string]>([
    ['a symlink', { '.hydrant.yaml': { symlink: 'x' } }, 'the settings must be a plain file, not a symlink.'],
    ['a folder', { '.hydrant.yaml/x': '' }, 'the settings must be a plain file, not a directory.'],
    ['no UTF-8', { '.hydrant.yaml': Buffer.from([0x61, 0xff]) }, 'the file is not UTF-8 text.'],
    [
      'huge',
      { '.hydrant.yaml': '#'.repeat(300_000) },
      'the file has 300000 bytes; settings have at most 262144.',
    ],
  ])('settings that are %s are told, and the defaults count', async (_, files, reason) => {
    expect(await read(files)).toMatchObject({
      settings: UNREADABLE_SETTINGS,
      problems: [
        {
          path: '.hydrant.yaml',
          line: 1,
          message: `\`.hydrant.yaml\` line 1: ${reason} The defaults are used.`,
        },
      ],
    });
  });
});
