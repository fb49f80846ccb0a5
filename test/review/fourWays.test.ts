import { afterAll, expect, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import { type Facts, memoryFacts } from '../../src/model/facts.ts';
import { renderJson } from '../../src/report/json.ts';
import { reviewRepository } from '../../src/review/reviewRepository.ts';
import { ownCommits } from '../helpers/ownCommits.ts';
import { runs } from '../helpers/properties.ts';
import { readFolder, type TestFiles } from '../helpers/repository.ts';
import { watchReview } from './reviewed.ts';
import { SILENT_PARTS } from './silenceParts.ts';

const pools = { one: new EnginePool({ size: 1 }), many: new EnginePool({ size: 3 }) };
afterAll(() => Promise.all(Object.values(pools).map((pool) => pool.close())));

/** All fixtures that are repositories or parts of one, each in folders of its own. */
async function allFixtures(): Promise<TestFiles> {
  const [example, kustomize, catalogue, kinds] = await Promise.all(
    ['examples', 'test/fixtures/kustomize', 'test/fixtures/catalogue', 'test/fixtures/valid-core-kinds'].map(
      (folder) => readFolder(folder),
    ),
  );
  return {
    ...example,
    ...below('kustomize', kustomize ?? {}),
    ...below('catalogue', asBase(catalogue ?? {})),
    ...below('kinds', asBase(kinds ?? {})),
    ...Object.assign({}, ...Object.values(SILENT_PARTS).map((part) => part.files)),
  };
}

function below(folder: string, files: TestFiles): TestFiles {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]));
}

function asBase(files: TestFiles): TestFiles {
  return { ...files, 'kustomization.yaml': JSON.stringify({ resources: Object.keys(files) }) };
}

/** Every fifth file, from one on, with another content. */
function changed(files: TestFiles, from: number, change: (text: string) => string | null): TestFiles {
  const texts = Object.entries(files).flatMap(([name, content]) =>
    typeof content === 'string' || content instanceof Uint8Array
      ? [[name, Buffer.from(content).toString()] as const]
      : [],
  );
  return Object.fromEntries(
    texts.flatMap(([name, text], at) => (at % 5 === from ? [[name, change(text)] as const] : [])),
  );
}

test('every fixture gives the same bytes on one engine or many, with and without what is kept', async () => {
  const files = await allFixtures();
  const { repository, commits } = await ownCommits(
    files,
    changed(files, 0, (text) => text.replace(/[a-z](?=[a-z]*$)/m, 'x')),
    changed(files, 3, (text) => text.replaceAll(/\d\b/g, '4')),
    changed(files, 1, () => null),
  );
  const pairs = commits.slice(1).map((head, at) => ({ base: commits[at] ?? '', head }));
  const review = async (pair: (typeof pairs)[number], engine: EnginePool, kept?: Facts) => {
    const reviewed = await reviewRepository({ ...pair, repository, engine, kept });
    watchReview(reviewed);
    return renderJson(reviewed);
  };
  const facts = memoryFacts();
  for (const pair of pairs.slice(0, runs(1, pairs.length))) {
    const expected = await review(pair, pools.one);
    expect(JSON.parse(expected).targets.length).toBeGreaterThan(60);
    const others = {
      many: () => review(pair, pools.many),
      'one, with what others kept': () => review(pair, pools.one, facts),
      'many, with what the same kept': () => review(pair, pools.many, facts),
    };
    for (const [way, make] of Object.entries(others)) expect([way, await make()]).toEqual([way, expected]);
  }
}, 120_000);
