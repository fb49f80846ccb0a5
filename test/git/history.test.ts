import { expect, test } from '@jest/globals';
import { fetchMergeBaseHistory } from '../../src/git/history.ts';
import { ensureRepository } from '../../src/git/mirrorFolder.ts';
import { fc, runs } from '../helpers/properties.ts';
import { createFolder, createRepository } from '../helpers/repository.ts';

/** Makes a history: each commit's parents by their distance back; gives the ids. */
async function makeHistory(shape: readonly (readonly number[])[]) {
  const made = await createRepository();
  await made.git(['config', 'uploadpack.allowFilter', 'true']);
  await made.git(['config', 'uploadpack.allowAnySHA1InWant', 'true']);
  const parts = shape.map((distances, index) => {
    const parents = [...new Set(distances.map((distance) => index - distance))].filter(
      (parent) => parent >= 0,
    );
    const [first, ...others] = parents.map((parent) => `:${parent + 1}`);
    return [
      `reset refs/heads/c${index}`,
      ...(first === undefined ? [] : [`from ${first}`]),
      `commit refs/heads/c${index}`,
      `mark :${index + 1}`,
      `committer A <a@b> ${1_700_000_000 + index} +0000`,
      'data 0',
      ...others.map((parent) => `merge ${parent}`),
      '',
    ].join('\n');
  });
  await made.git(['fast-import', '--quiet'], parts.join(''));
  const refs = await made.git(['for-each-ref', '--format=%(refname:short) %(objectname)']);
  const ids = new Map(refs.split('\n').map((line) => [line.split(' ')[0], line.split(' ')[1] ?? '']));
  return { made, idOf: (index: number) => ids.get(`c${index}`) ?? '' };
}

test('the merge base is that of the whole history, whatever its shape and however short the looks', async () => {
  // Two or three branches side by side that sometimes merge something old: a short way back.
  const near = fc.integer({ min: 2, max: 3 });
  const far = fc.integer({ min: 8, max: 30 });
  const parents = fc.oneof(
    { weight: 8, arbitrary: fc.tuple(near) },
    { weight: 2, arbitrary: fc.tuple(near, far) },
    { weight: 1, arbitrary: fc.constantFrom([], [1, 2]) },
  );
  const shape = fc.array(parents, { minLength: 12, maxLength: 45 });
  const pick = fc.nat({ max: 7 });
  await fc.assert(
    fc.asyncProperty(
      shape,
      fc.array(fc.tuple(pick, pick), { minLength: 1, maxLength: 2 }),
      async (history, pairs) => {
        const { made, idOf } = await makeHistory(history);
        const gitDir = `${await createFolder()}/history.git`;
        await ensureRepository(gitDir);
        const remote = { url: `file://${made.gitDir}`, token: null };
        for (const pair of pairs) {
          const [base, head] = pair.map((back) => idOf(Math.max(0, history.length - 1 - back)));
          const commits = [base ?? '', head ?? ''] as const;
          const all = await made.git(['merge-base', '--all', ...commits]).catch(() => '');
          const found = await fetchMergeBaseHistory({ gitDir, remote }, commits, {
            first: 2,
            further: [1, 3],
          });
          expect(found).toBe(all.split('\n')[0] === '' ? null : all.split('\n')[0]);
        }
        await made.remove();
      },
    ),
    { numRuns: runs(25) },
  );
  // Hundreds of processes of git, which a busy machine takes its time for.
}, 600_000);
