import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser';

// The dependency rules of the house: model <- git settings engine remote <- the stages <- review
// <- report <- bot cli. test/architecture/ runs them.
const ROOMS = [
  'model',
  'git',
  'settings',
  'engine',
  'remote',
  'targets',
  'render',
  'checks',
  'compare',
  'locate',
  'review',
  'report',
  'bot',
  'cli',
];

/** What each room may import, besides itself. */
const FOUNDATION = ['model', 'git', 'settings', 'engine'];
const STAGES = ['targets', 'render', 'checks', 'compare', 'locate'];
const ALLOWED: Record<string, readonly string[]> = {
  model: [],
  git: ['model'],
  settings: ['model'],
  engine: ['model'],
  remote: ['model', 'git', 'settings'],
  ...Object.fromEntries(STAGES.map((stage) => [stage, FOUNDATION])),
  review: [...FOUNDATION, ...STAGES, 'remote'],
  // A report is text made from a Review alone.
  report: ['model'],
  bot: [...FOUNDATION, 'remote', 'review', 'report'],
  cli: [...FOUNDATION, 'remote', 'targets', 'render', 'review', 'report', 'bot'],
};

/** The rules as dependency-cruiser takes them. */
export const forbidden: IForbiddenRuleType[] = [
  { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
  ...ROOMS.map((room) => ({
    name: `${room}-imports-only-what-it-may`,
    severity: 'error' as const,
    from: { path: `^src/${room}/` },
    to: { path: '^src/', pathNot: [room, ...(ALLOWED[room] ?? [])].map((allowed) => `^src/${allowed}/`) },
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
