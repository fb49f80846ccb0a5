import type { Settings } from '../model/settings.ts';
import { DEFAULT_SETTINGS } from './defaults.ts';
import { explain } from './explain.ts';
import { parseYaml } from './parseYaml.ts';
import { problemAt, type SettingsProblem } from './problem.ts';
import { isSettingsFile, type SettingsFile, validateSettings } from './schema.ts';
import { unknownRules } from './unknownRules.ts';
import { without } from './without.ts';

/**
 * Settings from the text of a `.hydrant.yaml`. What is wrong is told with its line and
 * left out, so that the default counts there; a text that is no YAML gives the defaults.
 * @param path the file's name, for the messages.
 */
export function parseSettings(
  text: string,
  path: string,
): { settings: Settings; problems: SettingsProblem[] } {
  const { data, faults, lineOf } = parseYaml(text);
  const problems = faults.map(({ line, sentence }) => problemAt(path, line, sentence));
  const unclear = faults.flatMap((fault) => (fault.field === undefined ? [] : [fault.field]));
  if (data === undefined) return { settings: DEFAULT_SETTINGS, problems };

  const errors = [...validateSettings(data).map((error) => explain(error, data)), ...unknownRules(data)];
  problems.push(
    ...errors.map(({ field, place, sentence }) => problemAt(path, lineOf(field, place), sentence)),
  );
  const sound = without(data, [...unclear, ...errors.map(({ field }) => field)]);
  return {
    settings: withDefaults(isSettingsFile(sound) ? sound : {}),
    problems: problems.toSorted((one, other) => one.line - other.line),
  };
}

function withDefaults({ kubernetesVersion, targets, policies }: SettingsFile): Settings {
  return {
    kubernetesVersion: kubernetesVersion ?? DEFAULT_SETTINGS.kubernetesVersion,
    targets: {
      include: folders(targets?.include) ?? DEFAULT_SETTINGS.targets.include,
      exclude: folders(targets?.exclude) ?? DEFAULT_SETTINGS.targets.exclude,
    },
    policies: {
      paths: folders(policies?.paths) ?? DEFAULT_SETTINGS.policies.paths,
      disable: policies?.disable ?? DEFAULT_SETTINGS.policies.disable,
    },
  };
}

/** `./apps/` and `apps` are the same folder, also for globs; `.` is the root. */
function folders(paths: readonly string[] | undefined): readonly string[] | undefined {
  return paths?.map((path) => path.replace(/^(?:\.\/+)+/, '').replace(/\/+$/, '') || '.');
}
