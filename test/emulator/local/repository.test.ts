import { existsSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { createFolder, createRepository, readFolder } from '../../helpers/repository.ts';

describe('createRepository', () => {
  test('commits stand on the tip of their branch, and a new branch on main', async () => {
    const repository = await createRepository();
    const first = await repository.commit({ 'a/b.yaml': 'one', 'gone.yaml': 'x' });
    const second = await repository.commit({ 'gone.yaml': null, link: { symlink: 'a' } });
    const other = await repository.commit({ 'run "me"': { executable: '' } }, { branch: 'feature/x' });
    expect(await repository.git(['rev-parse', `${second}^`, `${other}^`])).toBe(`${first}\n${second}`);
    expect(await repository.git(['ls-tree', '-r', other])).toBe(
      [
        '100644 blob 43dd47ea691c90a5fa7827892c70241913351963\ta/b.yaml',
        '120000 blob 2e65efe2a145dda7ee51d1741299f848e5bf752e\tlink',
        '100755 blob e69de29bb2d1d6434b8b29ae775ad8c2e48c5391\t"run \\"me\\""',
      ].join('\n'),
    );
  });

  test('commits that are made together are those that are made one after the other', async () => {
    const changes = [{ a: '1' }, { b: '2' }, { a: null }];
    const together = await createRepository();
    const ids = await together.commitEach(changes, { branch: 'x', parent: null });
    const single = await createRepository();
    const each: string[] = [];
    for (const change of changes) each.push(await single.commit(change, { branch: 'x' }));
    expect(ids).toEqual(each);
    expect(await together.commit({ c: '3' }, { branch: 'x' })).toBe(
      await single.commit({ c: '3' }, { branch: 'x' }),
    );
  });

  test('a merge has both parents, a first commit none, and the same calls give the same ids', async () => {
    const make = async () => {
      const repository = await createRepository();
      const root = await repository.commit({ a: '1' });
      const side = await repository.commit({ b: '1' }, { branch: 'side' });
      const merge = await repository.commit({}, { parent: [root, side] });
      const orphan = await repository.commit({ c: '1' }, { branch: 'main', parent: null });
      expect(await repository.git(['rev-list', '--parents', '--max-count=1', merge])).toBe(
        `${merge} ${root} ${side}`,
      );
      expect(await repository.git(['rev-list', orphan])).toBe(orphan);
      await repository.remove();
      expect(existsSync(repository.dir)).toBe(false);
      return [root, side, merge, orphan];
    };
    expect(await make()).toEqual(await make());
  });
});

test('readFolder gives the files, links and programs of a folder', async () => {
  const folder = await createFolder();
  await mkdir(`${folder}/a/b`, { recursive: true });
  await writeFile(`${folder}/a/b/c.yaml`, 'c');
  await writeFile(`${folder}/run`, '#!', { mode: 0o755 });
  await symlink('a/b', `${folder}/link`);
  expect(await readFolder(folder)).toEqual({
    'a/b/c.yaml': Buffer.from('c'),
    run: { executable: Buffer.from('#!') },
    link: { symlink: 'a/b' },
  });
});
