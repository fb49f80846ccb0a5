import { doublestarMatcher } from '../../dialects/glob.ts';
import type { Settings } from '../../model/settings.ts';
import type { Files } from '../../model/snapshot.ts';
import { type DataProblem, readPolicyData } from './policyData.ts';

/** One Rego file of the user. */
interface PolicyModule {
  readonly path: string;
  readonly content: string;
}

export interface UserPolicies {
  /** The Rego files below the settings' policy folders, in order of their paths. */
  readonly userModules: readonly PolicyModule[];
  /** Paths of those that the settings have judge all resources of a target at once. */
  readonly combine: readonly string[];
  readonly userData: Readonly<Record<string, unknown>>;
  /** Data files that cannot be read. */
  readonly problems: readonly DataProblem[];
}

/** The user's own policies and what belongs to them. */
export async function readUserPolicies(settingsCommit: Files, settings: Settings): Promise<UserPolicies> {
  const { paths, combine } = settings.policies;
  const files = [...settingsCommit.entries.values()]
    .filter(({ kind, path }) => kind === 'file' && path.endsWith('.rego'))
    .map(({ path }) => path)
    .filter((path) => paths.some((folder) => isBelow(folder, path)));
  const matchers = combine.map((glob) => doublestarMatcher(glob));
  const [userModules, { data, problems }] = await Promise.all([
    Promise.all(
      files.map(async (path) => ({
        path,
        content: new TextDecoder().decode(await settingsCommit.read(path)),
      })),
    ),
    readPolicyData(settingsCommit, settings),
  ]);
  return {
    userModules,
    combine: files.filter(
      (path) => combine.some((folder) => isBelow(folder, path)) || matchers.some((matches) => matches(path)),
    ),
    userData: data,
    problems,
  };
}

function isBelow(folder: string, path: string): boolean {
  return folder === '.' || path.startsWith(`${folder}/`);
}
