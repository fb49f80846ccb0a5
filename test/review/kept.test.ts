import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals';
import { EnginePool } from '../../src/engine/pool.ts';
import { type Facts, memoryFacts } from '../../src/model/facts.ts';
import { REDACTED_TEXT } from '../../src/model/redacted.ts';
import type { OpenRemotes } from '../../src/model/remoteInputs.ts';
import { createRemoteInputs } from '../../src/remote/remoteInputs.ts';
import { renderJson } from '../../src/report/json.ts';
import { reviewRepository } from '../../src/review/reviewRepository.ts';
import { openFactStore } from '../../src/store/factStore.ts';
import { ownCommits } from '../helpers/ownCommits.ts';
import { fc, runs } from '../helpers/properties.ts';
import { createFolder, readFolder, type TestFiles } from '../helpers/repository.ts';
import { startWebServer } from '../remote/webServer.ts';
import { watchReview } from './reviewed.ts';
import { SILENT_PARTS } from './silenceParts.ts';

const pool = new EnginePool({ size: 1 });
afterAll(() => pool.close());

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** Another place, and what fetches from it. */
async function startRemote() {
  const server = await startWebServer();
  const stopped = new AbortController();
  cleanups.push(async () => {
    stopped.abort();
    await server.close();
  });
  const openRemotes: OpenRemotes = (settings) =>
    createRemoteInputs({ ...settings, signal: stopped.signal, limits: { retries: 0 } });
  return { server, openRemotes };
}

function config(name: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;
}

/** A target `web` with files of another place, and two commits more that change other files. */
function besideRemote(url: string, ...files: string[]) {
  return ownCommits(
    {
      '.hydrant.yaml': JSON.stringify({ remotes: { allow: [url] } }),
      'web/kustomization.yaml': JSON.stringify({ resources: files.map((file) => `${url}${file}`) }),
      'other/kustomization.yaml': 'resources: [c.yaml]\n',
      'other/c.yaml': `${config('other')}data: { a: b }\n`,
    },
    { 'note.txt': 'nothing\n' },
    { 'other/c.yaml': `${config('other')}data: { a: c }\n` },
  );
}

async function jsonOf(
  commits: {
    readonly base: string;
    readonly head: string;
    readonly repository: Awaited<ReturnType<typeof ownCommits>>['repository'];
    readonly openRemotes?: OpenRemotes;
  },
  kept?: Facts,
): Promise<string> {
  const review = await reviewRepository({ ...commits, engine: pool, kept });
  watchReview(review);
  return renderJson(review);
}

const overlays: TestFiles = Object.fromEntries(
  Array.from({ length: 8 }, (_, number) => [
    `overlays/o${number}/kustomization.yaml`,
    `resources: [../../base]\nnamespace: n${number}\n`,
  ]),
);
const BASE: TestFiles = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'registry.example.com/web:1.0.0' }] }
`,
  ...overlays,
};

describe('a review with what earlier ones kept', () => {
  test('renders what can differ and nothing else, and says the same', async () => {
    const change = {
      'overlays/o3/kustomization.yaml': 'resources: [../../base]\nnamespace: n3\nnamePrefix: a-\n',
    };
    const { repository, commits } = await ownCommits(BASE, change, {
      'overlays/o5/kustomization.yaml': 'resources: [../../base]\nnamespace: n5\nnamePrefix: b-\n',
    });
    const [first = '', second = '', third = ''] = commits;
    const kept = memoryFacts();
    const renders = jest.spyOn(pool, 'render');
    await jsonOf({ repository, base: first, head: second }, kept);
    const before = renders.mock.calls.length;
    expect(before).toBeGreaterThanOrEqual(9);
    const json = await jsonOf({ repository, base: second, head: third }, kept);
    // The one overlay at both commits, and again to find lines.
    expect(renders.mock.calls.length - before).toBeLessThanOrEqual(3);
    renders.mockRestore();
    expect(json).toBe(await jsonOf({ repository, base: second, head: third }));
  });

  test('looks at a target again whose surroundings change', async () => {
    const ingress = (backend: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  rules:
    - host: shop.example.com
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: ${backend}, port: { number: 80 } } } }] }
`;
    const service = (port: number) => `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: ${port} }] }
`;
    const { repository, commits } = await ownCommits(
      {
        'front/kustomization.yaml': 'resources: [ingress.yaml]\n',
        'front/ingress.yaml': ingress('web'),
        'back/kustomization.yaml': 'resources: [service.yaml]\n',
        'back/service.yaml': service(80),
      },
      { 'note.txt': 'nothing\n' },
      { 'back/service.yaml': service(81) },
    );
    const [first = '', second = '', third = ''] = commits;
    const kept = memoryFacts();
    await jsonOf({ repository, base: first, head: second }, kept);
    const json = await jsonOf({ repository, base: second, head: third }, kept);
    expect(json).toBe(await jsonOf({ repository, base: second, head: third }));
  });

  test('asks admission policies about all objects where they change, and else about what is affected', async () => {
    const policy = (most: number) => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: replicas }
spec:
  matchConstraints:
    resourceRules:
      - { apiGroups: [apps], apiVersions: [v1], resources: [deployments], operations: [CREATE, UPDATE] }
  validations: [{ expression: "object.spec.?replicas.orValue(1) <= ${most}" }]
`;
    const { repository, commits } = await ownCommits(
      {
        ...BASE,
        'policies/kustomization.yaml': 'resources: [policy.yaml, binding.yaml]\n',
        'policies/policy.yaml': policy(5),
        'policies/binding.yaml': `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: replicas }
spec: { policyName: replicas, validationActions: [Deny] }
`,
      },
      { 'note.txt': 'nothing\n' },
      {
        'overlays/o3/kustomization.yaml':
          'resources: [../../base]\nnamespace: n3\nreplicas: [{ name: web, count: 6 }]\n',
      },
      { 'policies/policy.yaml': policy(0) },
    );
    const [first = '', second = '', third = '', fourth = ''] = commits;
    const kept = memoryFacts();
    await jsonOf({ repository, base: first, head: second }, kept);
    const renders = jest.spyOn(pool, 'render');
    const refused = await jsonOf({ repository, base: second, head: third }, kept);
    expect(renders.mock.calls.length).toBeLessThanOrEqual(4);
    renders.mockRestore();
    expect(refused).toContain('admission/replicas');
    expect(refused).toBe(await jsonOf({ repository, base: second, head: third }));
    const all = await jsonOf({ repository, base: third, head: fourth }, kept);
    const { findings } = JSON.parse(all);
    expect(findings.map(({ targets }: { targets: string[] }) => targets.length)).toEqual([8]);
    expect(all).toBe(await jsonOf({ repository, base: third, head: fourth }));
  });

  test('renders what admission policies take parameters of, also where a part of it is kept', async () => {
    const { repository, commits } = await ownCommits(
      {
        ...BASE,
        'limit/kustomization.yaml': 'resources: [limit.yaml]\n',
        'limit/limit.yaml':
          'apiVersion: v1\nkind: Pod\nmetadata: { name: limit, namespace: n0 }\nspec: { priority: 5, containers: [{ name: a, image: a:1 }] }\n',
        'policies/kustomization.yaml': 'resources: [policy.yaml, binding.yaml]\n',
        'policies/policy.yaml': `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: replicas }
spec:
  paramKind: { apiVersion: v1, kind: Pod }
  matchConstraints:
    resourceRules:
      - { apiGroups: [apps], apiVersions: [v1], resources: [deployments], operations: [CREATE, UPDATE] }
  validations: [{ expression: "object.spec.?replicas.orValue(1) <= params.spec.priority" }]
`,
        'policies/binding.yaml': `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: replicas }
spec:
  policyName: replicas
  validationActions: [Deny]
  paramRef: { name: limit, namespace: n0, parameterNotFoundAction: Deny }
`,
      },
      { 'note.txt': 'nothing\n' },
      {
        'overlays/o3/kustomization.yaml':
          'resources: [../../base]\nnamespace: n3\nreplicas: [{ name: web, count: 6 }]\n',
      },
    );
    const [first = '', second = '', third = ''] = commits;
    const kept = memoryFacts();
    await jsonOf({ repository, base: first, head: second }, kept);
    const json = await jsonOf({ repository, base: second, head: third }, kept);
    expect(json).toBe(await jsonOf({ repository, base: second, head: third }));
    expect(json).toContain('failed expression');
  });

  test('keeps no address that may hold a secret', async () => {
    const { server, openRemotes } = await startRemote();
    server.answers.set('/all.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: remote }\n');
    const files = (name: string, address: string) => ({
      [`${name}/kustomization.yaml`]: `resources: ['${server.url}/${address}']\n`,
    });
    const { repository, commits } = await ownCommits(
      {
        '.hydrant.yaml': JSON.stringify({ remotes: { allow: [server.url] } }),
        ...files('open', 'all.yaml'),
        ...files('signed', 'all.yaml?sig=violet-lamp-31'),
      },
      { 'note.txt': 'nothing\n' },
    );
    const [base = '', head = ''] = commits;
    const texts: string[] = [];
    const facts = memoryFacts();
    const kept: Facts = {
      ...facts,
      keep: (key, text) => {
        texts.push(`${key} ${text}`);
        facts.keep(key, text);
      },
    };
    await jsonOf({ repository, base, head, openRemotes }, kept);
    expect(texts.join('\n')).toContain('/all.yaml');
    expect(texts.filter((text) => text.includes('violet-lamp-31'))).toEqual([]);
  });

  test('takes up what was fetched while another place has still the same', async () => {
    const { server, openRemotes } = await startRemote();
    server.answers.set('/crds/all.yaml', config('remote'));
    const { repository, commits } = await besideRemote(server.url, '/crds/all.yaml');
    const [first = '', second = '', third = ''] = commits;
    const kept = memoryFacts();
    const renders = jest.spyOn(pool, 'render');
    /** How often the target with the file is rendered. */
    const rendered = async (base: string, head: string) => {
      const before = renders.mock.calls.length;
      const asked = { repository, base, head, openRemotes };
      expect(await jsonOf(asked, kept)).toBe(await jsonOf(asked));
      const calls = renders.mock.calls.slice(before).map(([{ source }]) => source);
      return calls.filter((source) => 'path' in source && source.path === 'web').length;
    };
    // Each render without what is kept asks what it needs, and then renders.
    expect(await rendered(first, second)).toBe(4);
    expect(await rendered(second, third)).toBe(2);
    server.answers.set('/crds/all.yaml', config('changed'));
    expect(await rendered(second, third)).toBe(4);
    expect(await rendered(second, third)).toBe(2);
    renders.mockRestore();
  });

  test('takes up that something was refused while it still is', async () => {
    const { server, openRemotes } = await startRemote();
    server.answers.set('/first.yaml', config('first'));
    const { repository, commits } = await besideRemote(server.url, '/first.yaml', '/missing.yaml');
    const [first = '', second = '', third = ''] = commits;
    const kept = memoryFacts();
    const renders = jest.spyOn(pool, 'render');
    /** How often the target is rendered with what is kept, and what is said of it. */
    const rendered = async (base: string, head: string) => {
      const asked = { repository, base, head, openRemotes };
      const json = await jsonOf(asked, kept);
      const calls = renders.mock.calls.map(([{ source }]) => source);
      renders.mockClear();
      expect(json).toBe(await jsonOf(asked));
      renders.mockClear();
      const times = calls.filter((source) => 'path' in source && source.path === 'web').length;
      return { times, isRefused: json.includes('"status": "notValidated"') };
    };
    expect(await rendered(first, second)).toEqual({ times: expect.any(Number), isRefused: true });
    expect(await rendered(second, third)).toEqual({ times: 0, isRefused: true });
    // What is there now may be rendered; what it lacks by then is asked anew.
    server.answers.set('/missing.yaml', config('missing'));
    const found = await rendered(second, third);
    expect(found.times).toBeGreaterThan(0);
    expect(found.isRefused).toBe(false);
    server.answers.delete('/first.yaml');
    expect((await rendered(second, third)).times).toBeGreaterThan(0);
    renders.mockRestore();
  });

  test('leaves no secret in the store', async () => {
    const folder = await createFolder();
    const engineFile = path.resolve('dist/hydrant-engine');
    const values = [
      'Correct-Horse-47-Battery',
      'glpat-Zx8sQ2mN4vB7kL1pR9tW',
      'Amber-Door-88-Staple',
      'ghp_Zx8sQ2mN4vB7kL1pR9tWd3Fh5Jk0Ab2sQ9nN',
    ];
    const { repository, commits } = await ownCommits(
      {
        'a/kustomization.yaml': 'resources: [s.yaml]\n',
        'a/s.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { password: ${values[0]} }\n`,
        'b/kustomization.yaml': 'resources: [c.yaml]\n',
        'b/c.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { TOKEN: ${values[1]} }\n`,
        'c/kustomization.yaml': `resources: ['https://me:${values[0]}@git.example.com/x']\n`,
        'd/kustomization.yaml': 'resources: [c.yaml]\n',
        'd/c.yaml':
          'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { LEVEL: seven-and-a-half }\n',
        // Plain files, which are read because one of them is an operator's object.
        'e/app.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: d, namespace: argocd }
spec:
  destination: { namespace: d, server: 'https://kubernetes.default.svc' }
  project: default
  source: { repoURL: 'https://git.example.com/x', path: d }
`,
        'e/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { password: ${values[0]} }\n`,
        'e/config.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { TOKEN: ${values[1]} }\n`,
        'e/list.yaml': `apiVersion: v1\nkind: List\ntoken: ${values[1]}\nitems:\n  - { apiVersion: v1, kind: ConfigMap, metadata: { name: l } }\n`,
        // Which Applications there are only the cluster knows; what they could read is followed.
        'e/set.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: f, namespace: argocd }
spec:
  generators: [{ clusters: {} }]
  template:
    metadata: { name: '{{name}}' }
    spec:
      destination: { namespace: f, name: '{{name}}' }
      project: default
      source: { repoURL: 'https://git.example.com/x', path: 'f/{{name}}' }
`,
        'f/one/kustomization.yaml':
          'resources: [plain.yaml, named.yaml, entry.yaml, detected.yaml, address.yaml]\n',
        'f/one/plain.yaml': 'names: [other.yaml]\n',
        'f/one/named.yaml': `adminPassword: ${values[2]}\n`,
        'f/one/entry.yaml': `env: [{ name: DB_PASSWORD, value: ${values[2]} }]\n`,
        'f/one/detected.yaml': `note: ${values[3]}\n`,
        'f/one/address.yaml': `at: 'me:${values[2]}@git.example.com/x'\n`,
      },
      { 'note.txt': 'nothing\n' },
    );
    const [base = '', head = ''] = commits;
    const store = await openFactStore(folder, engineFile);
    if (store === undefined) throw new Error('the store could not be opened');
    await jsonOf({ repository, base, head }, store);
    await store.close();
    const again = await openFactStore(folder, engineFile);
    const bytes = await readFile(path.join(folder, 'facts.mdb'));
    await again?.close();
    const forms = values.flatMap((value) => [value, Buffer.from(value).toString('base64')]);
    // Nor what stands for one: a rendering with a Secret is not kept at all.
    for (const form of [...forms, REDACTED_TEXT]) expect([form, bytes.includes(form)]).toEqual([form, false]);
    // It is not because nothing is kept, or nothing can be read in it.
    for (const kind of ['rendering ', 'documents ', 'other.yaml'])
      expect([kind, bytes.includes(kind)]).toEqual([kind, true]);
  });

  test('says what a review without it says, change after change', async () => {
    const examples = Object.entries(await readFolder('examples'));
    const files: TestFiles = {
      ...BASE,
      ...Object.fromEntries(examples.map(([name, content]) => [name, textOf(content)])),
      ...Object.assign({}, ...Object.values(SILENT_PARTS).map((part) => part.files)),
    };
    const names = Object.keys(files).filter((name) => typeof files[name] === 'string');
    const kept = memoryFacts();
    await fc.assert(
      fc.asyncProperty(
        fc.array(edit(names), { minLength: 1, maxLength: 3 }),
        fc.array(edit(names), { minLength: 1, maxLength: 3 }),
        async (some, more) => {
          const [first, second] = [changesOf(some, files), changesOf(more, files)];
          const { repository, commits } = await ownCommits(files, first, second);
          const [, base = '', head = ''] = commits;
          const together = { repository, base, head };
          expect(await jsonOf(together, kept)).toBe(await jsonOf(together));
        },
      ),
      { numRuns: runs(5, 500) },
    );
  });
});

interface Edit {
  readonly name: string;
  readonly how: 'letter' | 'line' | 'gone' | 'comment';
  readonly at: number;
}

function edit(names: readonly string[]): fc.Arbitrary<Edit> {
  return fc.record({
    name: fc.constantFrom(...names),
    how: fc.constantFrom(
      'letter' as const,
      'letter' as const,
      'line' as const,
      'gone' as const,
      'comment' as const,
    ),
    at: fc.nat(10_000),
  });
}

function changesOf(edits: readonly Edit[], files: TestFiles): TestFiles {
  return Object.fromEntries(edits.map(({ name, ...how }) => [name, changed(textOf(files[name]), how)]));
}

function textOf(file: TestFiles[string] | undefined): string {
  return typeof file === 'string' || file instanceof Uint8Array ? Buffer.from(file).toString() : '';
}

function changed(text: string, { how, at }: Omit<Edit, 'name'>): string | null {
  const lines = text.split('\n');
  switch (how) {
    case 'gone':
      return null;
    case 'comment':
      return `# ${at}\n${text}`;
    case 'line':
      return lines.toSpliced(at % lines.length, 1).join('\n');
    case 'letter': {
      const places = [...text.matchAll(/[a-z0-9]/gi)].map(({ index }) => index);
      const place = places[at % Math.max(1, places.length)] ?? 0;
      return `${text.slice(0, place)}${/\d/.test(text[place] ?? '') ? '7' : 'q'}${text.slice(place + 1)}`;
    }
  }
}
