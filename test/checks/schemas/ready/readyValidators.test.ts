import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openBuiltInKinds } from '../../../../src/checks/schemas/builtInKinds.ts';
import { checkedBy, compileVersion } from '../../../../src/checks/schemas/compileVersion.ts';
import {
  readKubernetesSchemas,
  SUPPORTED_KUBERNETES_VERSIONS,
} from '../../../../src/checks/schemas/kubernetesSchemas.ts';
import { READY_FOLDER, readReady, writeReady } from '../../../../src/checks/schemas/ready/readyFile.ts';
import { READY_PROJECTS } from '../../../../src/checks/schemas/ready/readyProjects.ts';
import { ReadyValidators } from '../../../../src/checks/schemas/ready/readyValidators.ts';
import { writeValidators } from '../../../../src/checks/schemas/ready/writeValidators.ts';
import { shippedIndex, shippedProject } from '../../../../src/checks/schemas/shippedFiles.ts';
import { type Validator, Validators } from '../../../../src/checks/schemas/validators.ts';
import { runs } from '../../../helpers/properties.ts';
import { sampleValue, sequence } from './sampleValues.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hydrant-ready-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const SAMPLES = 12;
/** Of the kinds that take long to compile, an ordinary run compares some. */
const isCompared = (index: number) => index % runs(4, 1) === 0;

/** How many samples have mistakes, and those of which two validators say something else. */
function compared(
  name: string,
  [one, other]: [Validator, Validator],
  sample: (next: (below: number) => number) => unknown,
) {
  const next = sequence(name.length * 7919 + (name.codePointAt(3) ?? 0));
  const values = [{}, null, 'text', ...Array.from({ length: SAMPLES }, () => sample(next))];
  const wrong = values.filter((value) => JSON.stringify(one(value)) !== JSON.stringify(other(value)));
  return { mistakes: values.filter((value) => one(value).length > 0).length, wrong };
}

test.each(['1.37', '1.29'])(
  'for all kinds of Kubernetes %s they find what compiled ones find',
  async (minor) => {
    const { kinds, definitions, text } = await readKubernetesSchemas(minor);
    const ready = new ReadyValidators(readReady(`kubernetes-${minor}`, text));
    const validators = new Validators(definitions);
    let mistakes = 0;
    const some = Object.entries(kinds).filter((_, index) => minor === '1.37' || isCompared(index));
    for (const [name, definition] of some) {
      const both: [Validator, Validator] = [
        validators.ofDefinition(definition),
        validatorOf(ready, definition),
      ];
      const result = compared(name, both, (next) => sampleValue({ $ref: definition }, definitions, next));
      expect({ name, wrong: result.wrong }).toEqual({ name, wrong: [] });
      mistakes += result.mistakes;
    }
    expect(mistakes).toBeGreaterThan(some.length * 5);
  },
);

test.each(READY_PROJECTS)('for all kinds of %s they find what compiled ones find', async (project) => {
  const builtIn = await openBuiltInKinds('1.36');
  const names = Object.entries(shippedIndex()).flatMap(([name, file]) => (file === project ? [name] : []));
  const { shared, text, version } = shippedProject(names[0] ?? '') ?? missing(project);
  const ready = new ReadyValidators(readReady(project, text), builtIn.ready);
  const validators = new Validators(builtIn.definitions, shared);
  for (const name of names.filter((_, index) => isCompared(index))) {
    const one = version(name) ?? missing(name);
    const { schema } = compileVersion(one, validators);
    const both: [Validator, Validator] = [
      (schema ?? missing(name)).validate,
      checkedBy(validatorOf(ready, name), one).validate,
    ];
    const { mistakes, wrong } = compared(name, both, (next) => sampleValue(one.schema, {}, next));
    expect({ name, wrong }).toEqual({ name, wrong: [] });
    expect(mistakes).toBeGreaterThan(1);
  }
});

function validatorOf(ready: ReadyValidators, name: string): Validator {
  return ready.of(name) ?? missing(name);
}

function missing(name: string): never {
  throw new Error(`the build made nothing of ${name}; run: npm run build`);
}

test('the build wrote what these sources make', async () => {
  await writeValidators(folder, { versions: ['1.37'], projects: ['argo-cd', 'flux'] });
  for (const [name, schemas, some] of [
    ['kubernetes-1.37', (await readKubernetesSchemas('1.37')).text, 'io.k8s.api.core.v1.PodSpec'],
    ['argo-cd', shippedProject(APPLICATION)?.text ?? '', APPLICATION],
    ['flux', shippedProject(HELM_RELEASE)?.text ?? '', HELM_RELEASE],
  ] as const) {
    const [built, made] = [
      readReady(name, schemas) ?? missing(name),
      readReady(name, schemas, folder) ?? missing(name),
    ];
    expect(made.names).toContain(some);
    expect(built.names).toEqual(made.names);
    expect(built.outside).toEqual(made.outside);
    const others = made.names.filter((one) => unnumbered(built.text(one)) !== unnumbered(made.text(one)));
    expect(others).toEqual([]);
  }
  for (const minor of SUPPORTED_KUBERNETES_VERSIONS)
    expect(readReady(`kubernetes-${minor}`, (await readKubernetesSchemas(minor)).text)).not.toBeNull();
});

const APPLICATION = 'argoproj.io/v1alpha1 Application';
const HELM_RELEASE = 'helm.toolkit.fluxcd.io/v2 HelmRelease';

/** Ajv counts the names of a text and those of the texts before it. */
function unnumbered(text: string | undefined): string | undefined {
  return text?.replaceAll(/\b(schema|validate|func|keyword|wrapper)\d+\b/g, '$1');
}

test('of other schemas, torn, or of another ajv they are not used', async () => {
  const { text, definitions } = await readKubernetesSchemas('1.33');
  expect(readReady('kubernetes-1.33', text)?.text('io.k8s.api.core.v1.Pod')).toContain('function validate');
  expect(readReady('kubernetes-1.33', `${text} `)).toBeNull();
  expect(readReady('kubernetes-1.0', text)).toBeNull();
  const file = path.join(folder, 'kubernetes-1.33.bin');
  await copyFile(path.join(READY_FOLDER, 'kubernetes-1.33.bin'), file);
  expect(readReady('kubernetes-1.33', text, folder)).not.toBeNull();
  const bytes = await readFile(file);
  await writeFile(file, bytes.subarray(0, -1));
  expect(readReady('kubernetes-1.33', text, folder)).toBeNull();
  await writeFile(file, bytes.toString('latin1').replace(/"madeOf":"..../, '"madeOf":"0000'), 'latin1');
  expect(readReady('kubernetes-1.33', text, folder)).toBeNull();
  expect(Object.keys(definitions).length).toBeGreaterThan(100);
});

test('one that refers to what is in none is not used', () => {
  const made = { schemas: '{}', texts: new Map([['a', 'return () => true']]), outside: ['metadata'] };
  writeReady('of-others', made, folder);
  const texts = readReady('of-others', '{}', folder);
  expect(texts?.text('a')).toBe('return () => true');
  expect(new ReadyValidators(texts).of('a')).toBeUndefined();
  expect(new ReadyValidators(texts, new ReadyValidators(null)).of('a')).toBeUndefined();
  const others = {
    names: ['metadata'],
    outside: [],
    text: (name: string) => (name === 'metadata' ? 'return () => true' : undefined),
  };
  expect(new ReadyValidators(texts, new ReadyValidators(others)).of('a')?.({})).toEqual([]);
});
