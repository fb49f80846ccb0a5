import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { compilePolicies } from '../../../src/checks/policies/compilePolicies.ts';
import { EnginePool } from '../../../src/engine/pool.ts';
import type { Violation } from '../../../src/model/finding.ts';
import type { ManifestObject } from '../../../src/model/manifest.ts';
import { packageFile } from '../../../src/model/packageFile.ts';
import { toResources } from '../../../src/model/resource.ts';
import { ruleNames } from '../../../src/settings/ruleNames.ts';
import { kustomizeTarget } from '../../../src/targets/findTargets.ts';
import { CASES, INPUTS, type PolicyCase } from './conftestCases.ts';

// The same policies and inputs, by conftest itself and by us.

const CONFTEST = packageFile('.cache/peers/conftest');
const available = existsSync(CONFTEST);
if (!available)
  process.stderr.write(
    'Policies are not compared with conftest: it is not built (node scripts/build-peers.mjs conftest)\n',
  );

const engine = new EnginePool({ size: 1 });
afterAll(() => engine.close());

/** Each result as one line: what it is, its package, and its text or the exception. */
async function ours({ files, data = {}, combine = false }: PolicyCase): Promise<string[]> {
  const userModules = Object.entries(files).map(([name, content]) => ({ path: `policies/${name}`, content }));
  const { policies, problems } = await compilePolicies({
    engine,
    cacheDir: null,
    disable: ruleNames(),
    userModules,
    userData: data,
    combine: combine ? userModules.map((module) => module.path) : [],
  });
  expect(problems).toEqual([]);
  const judgement = await policies.evaluate(toResources(INPUTS), { target: kustomizeTarget('.') });
  expect(judgement.problems).toEqual([]);
  return unique([...judgement.violations.flat(), ...judgement.ofTarget].map(lineOf));
}

function lineOf({ rule, severity, message, exceptedBy }: Violation): string {
  const [name = '', own = ''] = rule.split('/');
  if (exceptedBy === undefined) return `${severity} ${name} ${message}`;
  return `exception ${name} ${exceptedBy}[_][_] == ${JSON.stringify(own.replace(/^[a-z]+_?/, ''))}`;
}

interface Result {
  readonly msg: string;
}

interface Checked {
  readonly namespace: string;
  readonly failures?: readonly Result[];
  readonly warnings?: readonly Result[];
  readonly exceptions?: readonly Result[];
}

async function conftests({ files, data, combine = false, v0 = false }: PolicyCase): Promise<string[]> {
  const dir = await mkdtemp(path.join(tmpdir(), 'hydrant-conftest-'));
  try {
    await writeAll(dir, {
      'input.json': JSON.stringify(INPUTS),
      'data/data.json': JSON.stringify(data ?? {}),
      ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`policy/${name}`, text])),
    });
    const flags = ['--policy', 'policy', '--data', 'data', '--all-namespaces', '--output', 'json'];
    const args = ['test', 'input.json', ...flags, '--rego-version', v0 ? 'v0' : 'v1'];
    const { stdout, stderr } = spawnSync(CONFTEST, [...args, ...(combine ? ['--combine'] : [])], {
      cwd: dir,
      encoding: 'utf8',
    });
    if (!stdout.startsWith('[')) throw new Error(`conftest: ${stdout}${stderr}`);
    // By conftest's documentation; a wrong shape would show in the comparison.
    const checked = JSON.parse(stdout) as readonly Checked[];
    return unique(checked.flatMap(linesOf));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function linesOf({ namespace, failures = [], warnings = [], exceptions = [] }: Checked): string[] {
  return [
    ...failures.map(({ msg }) => `error ${namespace} ${msg}`),
    ...warnings.map(({ msg }) => `warning ${namespace} ${msg}`),
    ...exceptions.map(({ msg }) => `exception ${namespace} ${msg}`),
  ];
}

function unique(lines: readonly string[]): string[] {
  return [...new Set(lines)].toSorted();
}

async function writeAll(dir: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(dir, name)), { recursive: true });
    await writeFile(path.join(dir, name), text);
  }
}

describe('the same results as conftest, of', () => {
  const compared = available ? test : test.skip;
  compared.each(CASES.map((one) => [one.name, one] as const))('%s', async (_, one) => {
    const [found, theirs] = [await ours(one), await conftests(one)];
    expect(found).toEqual(theirs);
    // A case that finds nothing compares nothing.
    expect(found.length).toBeGreaterThanOrEqual(one.finds ?? 1);
  });
});

test('the inputs are resources of several kinds', () => {
  const kinds = new Set(INPUTS.map((input: ManifestObject) => input['kind']));
  expect(kinds.size).toBeGreaterThanOrEqual(4);
});
