import type { Credential } from './credential.ts';
import { credentialsIn } from './detectors.ts';

/** A text with the name that it stands at: some credentials are known by their names alone. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

const BETWEEN = '\n\n';

/**
 * The credentials of each text, in its own places. All are searched at once, as a detector takes its time
 * for each search.
 */
export async function credentialsInNamed(all: readonly NamedText[]): Promise<Credential[][]> {
  const parts = all.map(({ name, text }) => `${LINE_END.test(name) ? '' : `${name}=`}${text}`);
  const found = await credentialsIn(parts.join(BETWEEN));
  let from = 0;
  let at = 0;
  return all.map(({ text }, index) => {
    const end = from + (parts[index]?.length ?? 0);
    const start = end - text.length;
    const own: Credential[] = [];
    for (let one = found[at]; one !== undefined && one.start < end; one = found[++at]) {
      // What reaches into the next text is none of either.
      if (one.end > end || one.end <= start) continue;
      own.push({ ...one, start: Math.max(one.start, start) - start, end: one.end - start });
    }
    from = end + BETWEEN.length;
    return own;
  });
}

const LINE_END = /[\r\n]/;

/** The name that a mapping has beside the value that it names: an entry of `env`, a parameter, an operation of a patch. */
export function nameBeside(field: (name: string) => string | undefined): string | undefined {
  const named = field('name') ?? field('key');
  return named ?? field('path')?.replace(/^.*\//, '');
}
