/** Something wrong in the settings, with its place. */
export interface SettingsProblem {
  /** A sentence for the author, with file and line, and what is allowed. */
  readonly message: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
}

/** A problem whose sentence begins with its place: `` `.hydrant.yaml` line 3: ... `` */
export function problemAt(path: string, line: number, sentence: string): SettingsProblem {
  return { message: `\`${path}\` line ${line}: ${sentence}`, path, line };
}
