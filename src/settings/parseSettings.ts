import { append } from '../model/append.ts';
import type { ClusterSettings, Settings } from '../model/settings.ts';
import { DEFAULT_SETTINGS, UNREADABLE_SETTINGS } from './defaults.ts';
import { duplicateClusters } from './duplicateClusters.ts';
import { placeExceptions, wholeException } from './exceptions.ts';
import { explain } from './explain.ts';
import { type Field, parseYaml } from './parseYaml.ts';
import { problemAt, type SettingsProblem } from './problem.ts';
import { type ClusterInFile, isSettingsFile, type SettingsFile, validateSettings } from './schema.ts';
import { unknownRules } from './unknownRules.ts';
import { without } from './without.ts';

/**
 * Settings from the text of a `.hydrant.yaml`. What is wrong is told with its line and
 * left out, so that the default counts there; a text that is no YAML gives the defaults, and has
 * nothing fetched.
 * @param path the file's name, for the messages.
 */
export function parseSettings(
  text: string,
  path: string,
): { settings: Settings; problems: SettingsProblem[] } {
  const { data, faults, lineOf } = parseYaml(text);
  const problems = faults.map((fault) => problemAt(path, fault.line, fault));
  const unclear = faults.flatMap((fault) => (fault.field === undefined ? [] : [fault.field]));
  if (data === undefined) return { settings: UNREADABLE_SETTINGS, problems };

  const errors = [
    ...validateSettings(data).map((error) => explain(error, data)),
    ...duplicateClusters(data, (index) => lineOf(['clusters', index], 'value')),
    ...unknownRules(data),
  ];
  append(
    problems,
    errors.map((error) => problemAt(path, lineOf(error.field, error.place), error)),
  );
  const wrong = [...unclear, ...errors.map(({ field }) => field)];
  const sound = soundPart(without(data, wrong.map(wholeException)));
  return {
    settings: {
      ...withDefaults(sound),
      ...(wrong.some(decidesMode)
        ? { remotes: { ...DEFAULT_SETTINGS.remotes, ...sound.remotes, mode: 'none' } }
        : {}),
      exceptions: placeExceptions(sound.exceptions, { data, path, lineOf }),
    },
    problems: problems.toSorted((one, other) => one.line - other.line),
  };
}

/** Who miswrote `none` must not have things fetched. */
function decidesMode([first, second]: Field): boolean {
  return first === undefined || (first === 'remotes' && second !== 'allow');
}

/** What the schema allows of the data: without its name, a cluster is none either. */
function soundPart(data: unknown): SettingsFile {
  if (data === undefined || isSettingsFile(data)) return data ?? {};
  return soundPart(
    without(
      data,
      validateSettings(data).map((error) => wholeException(explain(error, data).field)),
    ),
  );
}

function withDefaults(file: SettingsFile): Omit<Settings, 'exceptions'> {
  const { kubernetesVersion, gate, clusters } = { ...DEFAULT_SETTINGS, ...file };
  const targets = { ...DEFAULT_SETTINGS.targets, ...file.targets };
  const policies = { ...DEFAULT_SETTINGS.policies, ...file.policies };
  const schemas = { ...DEFAULT_SETTINGS.schemas, ...file.schemas };
  return {
    kubernetesVersion,
    gate,
    comment: { ...DEFAULT_SETTINGS.comment, ...file.comment },
    targets: { ...targets, include: folders(targets.include), exclude: folders(targets.exclude) },
    policies: {
      ...policies,
      paths: folders(policies.paths),
      data: folders(policies.data),
      combine: folders(policies.combine),
    },
    schemas: { ...schemas, locations: folders(schemas.locations) },
    repository: { ...DEFAULT_SETTINGS.repository, ...file.repository },
    clusters: clusters.map(clusterWithDefaults),
    kustomize: { ...DEFAULT_SETTINGS.kustomize, ...file.kustomize },
    flux: { ...DEFAULT_SETTINGS.flux, ...file.flux },
    limits: { ...DEFAULT_SETTINGS.limits, ...file.limits },
    remotes: { ...DEFAULT_SETTINGS.remotes, ...file.remotes },
  };
}

function clusterWithDefaults(cluster: ClusterInFile): ClusterSettings {
  return {
    apiVersions: [],
    labels: {},
    annotations: {},
    values: {},
    ...cluster,
    match: folders(cluster.match ?? [`clusters/${cluster.name}/**`]),
  };
}

/** `./apps/` and `apps` are the same folder, also for globs; `.` is the root. */
function folders(paths: readonly string[]): readonly string[] {
  return paths.map((path) => path.replace(/^(?:\.\/+)+/, '').replace(/\/+$/, '') || '.');
}
