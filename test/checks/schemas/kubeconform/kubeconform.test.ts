import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { readKubernetesSchemas } from '../../../../src/checks/schemas/kubernetesSchemas.ts';
import { openSchemaSet, type SchemaSet } from '../../../../src/checks/schemas/schemaSet.ts';
import { EnginePool } from '../../../../src/engine/pool.ts';
import { packageFile } from '../../../../src/model/packageFile.ts';
import { hydrant } from '../../../cli/run.ts';
import { createRepository, readFolder } from '../../../helpers/repository.ts';
import { fixture } from '../manifests.ts';
import { mutations } from './mutations.ts';
import { byHydrant, byKubeconform, isCore, KUBECONFORM, type Verdict } from './verdicts.ts';

const built = existsSync(KUBECONFORM);
if (!built)
  process.stderr.write(
    'Verdicts are not compared with kubeconform: it is not built (node scripts/build-peers.mjs kubeconform)\n',
  );

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

let schemas: SchemaSet;
beforeAll(async () => {
  schemas = await openSchemaSet({ kubernetesVersion: '1.37' });
});

interface Compared {
  readonly what: string;
  readonly text: string;
  readonly ours: Verdict;
  readonly theirs: Verdict;
}

async function compare(
  manifests: readonly { readonly what: string; readonly text: string }[],
): Promise<Compared[]> {
  const verdicts = await byKubeconform(manifests.map(({ text }) => text));
  return manifests.map(({ what, text }, index) => {
    const [ours, theirs] = [byHydrant(text, schemas), verdicts[index]];
    if (ours === 'none' || theirs === undefined) throw new Error(`no verdict on ${text}`);
    return { what, text, ours, theirs };
  });
}

function differences(compared: readonly Compared[]): Compared[] {
  return compared.filter(({ ours, theirs }) => ours.valid !== theirs.valid);
}

/** What the published schemas, and so kubeconform, do not know, and the API server does. */
const STRICTER: Readonly<Record<string, string>> = {
  'schema/missing-name': 'a resource has a name',
  'schema/enum': 'the published documents leave out which values a field may have',
  'schema/quantity': 'a quantity is more than any text or number',
  'schema/format': 'integers have 32 or 64 bits, bytes are base64',
  'schema/wrong-type': 'null is no item of a list of mappings',
};

(built ? describe : describe.skip)('as kubeconform -strict', () => {
  test('judges what the examples and the fixtures render', async () => {
    const { kinds } = await readKubernetesSchemas('1.37');
    const core = new Set(Object.keys(kinds));
    const rendered: { what: string; text: string }[] = [];
    for (const folder of ['examples/gitops-repo', 'test/fixtures/kustomize']) {
      const repository = await createRepository();
      await repository.commit(await readFolder(packageFile(folder)));
      const { stdout } = await hydrant('render', '--repo', repository.dir, '--all', '--format', 'jsonl');
      await repository.remove();
      for (const line of stdout.trimEnd().split('\n')) {
        const { target, manifests = '' }: { target: string; manifests?: string } = JSON.parse(line);
        const documents = [parseAllDocuments(manifests)].flat().map(String);
        rendered.push(
          ...documents.filter((text) => isCore(text, core)).map((text) => ({ what: target, text })),
        );
      }
    }
    const compared = await compare(rendered);
    expect(compared.length).toBeGreaterThan(100);
    expect(differences(compared)).toEqual([]);
  }, 120_000);

  test('judges manifests with one thing changed, but for what the API server judges more strictly', async () => {
    const manifests = ['workloads', 'others'].flatMap((name) => fixture(`valid-core-kinds/${name}.yaml`));
    const changed = mutations(
      manifests.map(({ manifest }) => manifest),
      1500,
    );
    const compared = await compare(changed);
    expect(compared.length).toBeGreaterThan(800);
    expect(compared.filter(({ theirs }) => !theirs.valid).length).toBeGreaterThan(500);
    const different = differences(compared);

    const stricter = different.filter(({ theirs }) => theirs.valid);
    for (const { what, ours } of stricter) {
      const unexplained = ours.why.split(' ').filter((rule) => STRICTER[rule] === undefined);
      expect([what, unexplained]).toEqual([what, []]);
    }
    // What stands in a status may lack fields: the API server clears it.
    const laxer = different.filter(({ ours }) => ours.valid);
    expect(laxer.filter(({ what }) => !what.includes(': status.'))).toEqual([]);

    // A name is asked for where the object is stored, and null as an item by server-side apply;
    // all else by the API server's own validation.
    const judged = stricter.filter(
      ({ what, ours }) => ours.why !== 'schema/missing-name' && !isNullItem(what),
    );
    expect(judged.length).toBeGreaterThan(10);
    const answers = await engine.validate({
      version: '1.37',
      objects: judged.map(({ text }): unknown => parse(text)),
    });
    const accepted = judged.filter((_, index) => {
      const { checked = false, problem, errors = [] } = answers[index] ?? {};
      return checked && problem === undefined && errors.length === 0;
    });
    expect(accepted).toEqual([]);
  }, 120_000);
});

function isNullItem(what: string): boolean {
  return what.startsWith('null as its first item') || /^null for it: .*\.\d+$/.test(what);
}
