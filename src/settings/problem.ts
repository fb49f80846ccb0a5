import type { About } from '../model/about.ts';

/** Something wrong in the settings, with its place. */
export interface SettingsProblem {
  /** A sentence for the author, with file and line, and what is allowed. */
  readonly message: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** By what it is recognised in the settings of another commit, where lines and positions in lists differ. */
  readonly about: About;
}

/** What is wrong, without its place. */
interface Fault {
  readonly sentence: string;
  /** Left out where the sentence names no line: then its own words are the data. */
  readonly about?: About | undefined;
}

/** A problem whose sentence begins with its place: `` `.hydrant.yaml` line 3: ... `` */
export function problemAt(path: string, line: number, { sentence, about }: Fault): SettingsProblem {
  return {
    message: `\`${path}\` line ${line}: ${sentence}`,
    path,
    line,
    about: about ?? { said: sentence.replaceAll(/\[\d+\]/g, '[]') },
  };
}
