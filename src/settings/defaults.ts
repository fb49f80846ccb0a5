import type { Settings } from '../model/settings.ts';

/** What counts where `.hydrant.yaml` says nothing; the schema's `default`s say the same. */
export const DEFAULT_SETTINGS: Settings = {
  kubernetesVersion: '1.37',
  gate: 'new',
  comment: { mode: 'update' },
  targets: { include: [], exclude: [] },
  policies: {
    paths: ['policies'],
    data: [],
    combine: [],
    profile: 'recommended',
    disable: [],
    enable: [],
    maxWorkloads: 30,
  },
  schemas: { locations: [] },
  exceptions: [],
  repository: { urls: [] },
  clusters: [],
  kustomize: { buildOptions: '' },
  flux: {},
  limits: { perSet: 2000, applications: 2000 },
  remotes: { mode: 'base', allow: [] },
};

/** What counts where `.hydrant.yaml` cannot be read: it may say that nothing is to be fetched. */
export const UNREADABLE_SETTINGS: Settings = { ...DEFAULT_SETTINGS, remotes: { mode: 'none', allow: [] } };
