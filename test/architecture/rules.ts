import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser';

// The dependency rules of the house, floor by floor, the ground floor first: a room may import
// the rooms of the floors below it, and none beside it. test/architecture/ runs them.
const FLOORS: readonly (readonly string[])[] = [
  ['model', 'dialects'],
  ['git', 'settings', 'engine', 'remote', 'locate', 'compare'],
  ['render', 'targets'],
  ['discovery', 'causes', 'checks', 'secrets'],
  ['findings'],
  ['review'],
  ['report'],
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

const ROOMS = [...FLOORS.flat(), 'emulator'];

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
