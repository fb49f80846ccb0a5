import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser';

// The dependency rules of the house, floor by floor: what stands on a floor may import what
// stands below it, and nothing beside it. test/architecture/ runs them.
const FLOORS: readonly (readonly string[])[] = [
  ['model', 'dialects'],
  ['git', 'settings', 'engine', 'remote', 'locate', 'compare'],
  ['render', 'targets'],
  ['discovery', 'causes', 'checks', 'secrets'],
  ['findings'],
  ['review'],
  ['report'],
  ['bot', 'cli'],
];

/** What a room may not import although it stands on a floor below, or may although it stands beside. */
const EXCEPTIONS: Readonly<
  Record<string, { readonly not?: readonly string[]; readonly and?: readonly string[] }>
> = {
  dialects: { and: ['model'] },
  remote: { and: ['git', 'settings'] },
  // A report is text made from a Review alone.
  report: {
    not: [
      'git',
      'settings',
      'engine',
      'remote',
      'locate',
      'compare',
      'render',
      'targets',
      'discovery',
      'causes',
      'checks',
      'secrets',
      'findings',
      'review',
    ],
  },
  cli: { and: ['bot'] },
};

const ROOMS = FLOORS.flat();

function allowed(room: string): string[] {
  const floor = FLOORS.findIndex((rooms) => rooms.includes(room));
  const { not = [], and = [] } = EXCEPTIONS[room] ?? {};
  return [
    room,
    ...FLOORS.slice(0, floor)
      .flat()
      .filter((below) => !not.includes(below)),
    ...and,
  ];
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
    // The demo is the one command that brings its own GitHub.
    name: 'src-does-not-import-tests',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/cli/demo/' },
    to: { path: '^test/' },
  },
  {
    name: 'judgement-does-no-io',
    severity: 'error',
    from: { path: '^src/(model|targets|render|compare|locate|review|report)/' },
    to: {
      dependencyTypes: ['core'],
      path: '^(node:)?(fs|fs/promises|child_process|net|http|https|worker_threads)$',
    },
  },
];

export const options: ICruiseOptions = {
  doNotFollow: { path: 'node_modules' },
  tsPreCompilationDeps: true,
  parser: 'swc',
  exclude: { path: 'node_modules' },
};
