import { describe, expect, test } from '@jest/globals';
import { hydrant } from '../cli/run.ts';
import { createRepository } from '../helpers/repository.ts';
import { HOSTILE } from './repositories.ts';

const IS_LONG = process.env['HYDRANT_TEST_LONG'] === '1';
/** An ordinary run takes every tenth. */
const STEP = IS_LONG ? 1 : 10;
const TRIED = Object.entries(HOSTILE).filter((_, index) => index % STEP === 0);

const honest = (value: string) => ({
  'good/kustomization.yaml': 'resources: [cm.yaml]\n',
  'good/cm.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: good}\ndata: {k: ${value}}\n`,
});

/** What of a report counts here. */
interface Report {
  readonly changes: readonly { readonly resource: { readonly name: string } }[];
  readonly findings: readonly { readonly message: string }[];
  readonly notValidated: readonly { readonly subject: string; readonly reason: string }[];
}

describe('the rest is reviewed, and it is said, when a pull request brings', () => {
  test.each(TRIED)('%s', async (_, { files, base = {}, said, isWarned = false }) => {
    const repository = await createRepository();
    const before = await repository.commit({ ...honest('one'), ...base });
    await repository.commit({ ...honest('two'), ...files });
    const args = ['check', '--repo', repository.dir, '--base', before, '--format', 'json'];
    const { code, stdout, stderr } = await hydrant(...args);
    const passes = said === null || isWarned;
    // Broken settings have a code of their own.
    const codes = passes ? [0] : '.hydrant.yaml' in base ? [2, 3] : [1, 3];
    expect({ isExpected: codes.includes(code), stderr }).toEqual({ isExpected: true, stderr: '' });
    const { changes, findings, notValidated }: Report = JSON.parse(stdout);
    expect(changes.map(({ resource }) => resource.name)).toContain('good');
    const told = [
      ...findings.map(({ message }) => message),
      ...notValidated.map(({ subject, reason }) => `${subject}: ${reason}`),
    ];
    if (said === null) expect(told).toEqual([]);
    else expect(told.join('\n')).toContain(said);
  });
});
