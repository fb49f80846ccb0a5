import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { inspect } from 'node:util';
import { expect, jest, test } from '@jest/globals';
import { leaksIn } from '../helpers/leaks.ts';
import { REPOSITORY } from '../helpers/operators.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { BESIDE_PLACES, HIDDEN_PLACES } from '../review/hiddenPlaces.ts';
import { FOLDERS, scenario } from './helpers.ts';

jest.setTimeout(300_000);

/** Each place with a value of its own, which is no part of another. */
const CANARIES = Object.keys(HIDDEN_PLACES).map((place, index) => {
  const letter = (step: number) => 'abcdefghjkmnpqrstuvwxyz'.charAt((index * step) % 23);
  return {
    place,
    folder: `f${index}`,
    value: `k${index}Qz7${letter(3)}w${letter(5).toUpperCase()}9u${letter(7)}02pW${letter(11)}`,
  };
});

function filesOf(shown: (value: string) => string): TestFiles {
  const files = CANARIES.map(({ place, folder, value }) => HIDDEN_PLACES[place]?.files(folder, shown(value)));
  return Object.assign({}, ...files);
}

/** What the bot wrote below its data folders; mirrors are the repositories themselves. */
async function keptOnDisk(): Promise<{ readonly names: string[]; readonly text: string }> {
  const entries = await Promise.all(
    FOLDERS.write.map((folder) => readdir(folder, { recursive: true, withFileTypes: true })),
  );
  const names = entries
    .flat()
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((name) => !name.includes(`${path.sep}mirrors${path.sep}`));
  const texts = await Promise.all(names.map((name) => readFile(name, 'latin1')));
  return { names, text: [...names, ...texts].join('\n') };
}

test('no value of any place is in what the bot sends, logs or keeps', async () => {
  const at = await scenario();
  const parent = await at.files.commit({
    ...BESIDE_PLACES,
    ...filesOf(() => 'before'),
    '.hydrant.yaml': `repository: { urls: ['${REPOSITORY}'] }\npolicies: { paths: [policies] }\n`,
  });
  await at.github.pushBranch(at.repo, 'main', parent);
  const sent: string[] = [];
  const send = globalThis.fetch;
  const watched = jest.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    sent.push(inspect(input), typeof init?.body === 'string' ? init.body : inspect(init?.body));
    return send(input, init);
  });
  // Its progress is told all the time.
  const bot = await at.start(undefined, undefined, 1);
  const { headSha } = await at.open(
    filesOf((value) => value),
    { parent },
  );
  const { 'hydrant/secrets': secrets } = await at.concluded(headSha, 240_000);
  await bot.idle();
  watched.mockRestore();
  const { names, text } = await keptOnDisk();
  const outlets = { sent: sent.join('\n'), log: at.log(), kept: text };
  expect({ secrets, names: names.map((name) => path.basename(name)) }).toEqual({
    secrets: 'failure',
    names: expect.arrayContaining(['facts.mdb']),
  });
  // It is not because nothing was said.
  expect([/secret\/helm-value/.test(outlets.sent), /documents 2/.test(text)]).toEqual([true, true]);
  const leaks = CANARIES.flatMap(({ place, value }) =>
    Object.entries(outlets).flatMap(([outlet, said]) =>
      leaksIn(said, value).map((around) => [place, outlet, around]),
    ),
  );
  expect(leaks).toEqual([]);
});
