import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser';

// The dependency rules of the house, floor by floor, the ground floor first: a room may import
// the rooms of the floors below it, and none beside it. test/architecture/ runs them.
const FLOORS: readonly (readonly string[])[] = [
  ['model', 'dialects', 'processes'],
  ['git', 'settings', 'engine', 'remote', 'locate', 'compare', 'store'],
  ['render', 'targets'],
  ['discovery', 'causes', 'checks', 'secrets'],
  ['findings'],
  ['review'],
  ['report', 'isolation'],
  ['bot'],
  ['demo'],
  ['cli'],
];

/** What stands beside a room and may be imported all the same. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  dialects: ['model'],
  remote: ['git', 'settings'],
};

/** Rooms that import less than their floor allows. */
const ONLY: Readonly<Record<string, readonly string[]>> = {
  // A report is text made from a Review alone.
  report: ['model'],
  demo: ['model', 'settings', 'report', 'bot', 'emulator'],
  // GitHub knows nothing of Hydrant.
  emulator: [],
};

/** Every folder of src/. */
export const ROOMS = [...FLOORS.flat(), 'emulator'];

/** Rooms that speak to something outside: Git, a process, the network, a terminal, the files of the package. */
const OUTWARD = [
  'processes',
  'git',
  'settings',
  'engine',
  'remote',
  'isolation',
  'store',
  'bot',
  'cli',
  'demo',
  'emulator',
];

/** The rest judges what it is given. */
const JUDGING = ROOMS.filter((room) => !OUTWARD.includes(room));

/** What of the judging rooms speaks to something outside all the same. */
const OUTWARD_FILES = [
  // Policies are judged by workers, and compiled ones are kept on the disk.
  'checks/policies/',
  // Schemas that ship with Hydrant.
  'checks/schemas/(?:apiHistory|kubernetesSchemas|shippedFiles)\\.ts$',
  // What the build made of them.
  'checks/schemas/ready/(?:readyFile|linkValidator)\\.ts$',
  // It loads ajv where something has to be compiled.
  'checks/schemas/newAjv\\.ts$',
  // Rules of credentials, too.
  'secrets/credentialRules\\.ts$',
];

/** Modules of Node that compute, and nothing else. */
const COMPUTING_MODULES = ['path', 'url', 'util', 'crypto'];

/** Of `net` they take isIPv4 and isIPv6, which compute as well. */
const ADDRESS_FILES = 'checks/schemas/(?:formats|textFormats)\\.ts$';

/** Packages that compute, and nothing else. A new one has to be looked at before it is added. */
const COMPUTING_PACKAGES = [
  '@kubernetes-models/[^/]+',
  '@secretlint/[^/]+',
  'ajv',
  'diff',
  'ipaddr\\.js',
  'kubernetes-models',
  'picomatch',
  're2js',
  'rfc6902',
  'semver',
  'yaml',
];

/** That files import, besides those of src/, only what is named. */
function only(from: IForbiddenRuleType['from'], named: readonly string[]): IForbiddenRuleType {
  const packages = COMPUTING_PACKAGES.join('|');
  return {
    name: 'judgement-does-no-io',
    severity: 'error',
    from,
    // A package that nothing resolves is called by its bare name.
    to: {
      path: '^(?!src/)',
      pathNot: [`^(?:node:)?(?:${named.join('|')})$`, `(?:^|/)(?:${packages})(?:/|$)`],
    },
  };
}

function allowed(room: string): readonly string[] {
  const floor = FLOORS.findIndex((rooms) => rooms.includes(room));
  const below = ONLY[room] ?? [...FLOORS.slice(0, floor).flat(), ...(BESIDE[room] ?? [])];
  return [room, ...below];
}

/** The rules as dependency-cruiser takes them. */
export const forbidden: IForbiddenRuleType[] = [
  { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ...ROOMS.map((room) => ({
    name: `${room}-imports-only-what-it-may`,
    severity: 'error' as const,
    from: { path: `^src/${room}/` },
    to: { path: '^src/', pathNot: allowed(room).map((one) => `^src/${one}/`) },
  })),
  {
    name: 'src-does-not-import-tests',
    severity: 'error',
    from: { path: '^src/' },
    to: { path: '^test/' },
  },
  only(
    {
      path: `^src/(?:${JUDGING.join('|')})/`,
      pathNot: [...OUTWARD_FILES, ADDRESS_FILES].map((file) => `^src/${file}`),
    },
    COMPUTING_MODULES,
  ),
  only({ path: `^src/${ADDRESS_FILES}` }, [...COMPUTING_MODULES, 'net']),
];

export const options: ICruiseOptions = {
  doNotFollow: { path: 'node_modules' },
  tsPreCompilationDeps: true,
  parser: 'swc',
};
