import type { Settings } from '../model/settings.ts';
import type { Files } from '../model/snapshot.ts';
import { DEFAULT_SETTINGS, UNREADABLE_SETTINGS } from './defaults.ts';
import { parseSettings } from './parseSettings.ts';
import { problemAt, type SettingsProblem } from './problem.ts';

export type { SettingsProblem } from './problem.ts';

/** Where settings may stand, in the root of a repository; the first one counts. */
const PATHS = ['.hydrant.yaml', '.hydrant.yml'] as const;

/** More than any settings need, and less than could keep the parser busy. */
const MAX_BYTES = 256 * 1024;

/**
 * The settings of a commit: the defaults where it has none, and for what is wrong in them.
 * @throws {GitError} where the file is listed and cannot be read.
 */
export async function readSettings(
  snapshot: Files,
): Promise<{ settings: Settings; problems: SettingsProblem[] }> {
  const [path, other] = PATHS.filter((name) => snapshot.entries.has(name));
  if (path === undefined) return { settings: DEFAULT_SETTINGS, problems: [] };
  const { settings, problems } = await readFrom(path, snapshot);
  if (other === undefined) return { settings, problems };
  const sentence = `ignored, because \`${path}\` is there too. Keep one of the two.`;
  return { settings, problems: [...problems, problemAt(other, 1, { sentence })] };
}

async function readFrom(path: string, snapshot: Files): ReturnType<typeof readSettings> {
  const unusable = (reason: string) => ({
    settings: UNREADABLE_SETTINGS,
    problems: [problemAt(path, 1, { sentence: `${reason} The defaults are used.` })],
  });
  const kind = snapshot.entries.get(path)?.kind;
  if (kind !== 'file') return unusable(`the settings must be a plain file, not a ${kind}.`);
  const bytes = await snapshot.read(path);
  if (bytes.length > MAX_BYTES) {
    return unusable(`the file has ${bytes.length} bytes; settings have at most ${MAX_BYTES}.`);
  }
  const text = decode(bytes);
  return text === null ? unusable('the file is not UTF-8 text.') : parseSettings(text, path);
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
