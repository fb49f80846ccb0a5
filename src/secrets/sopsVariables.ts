import { leftOutBy } from './sops.ts';

/** A name with its value, and the names on the way to it. */
export type Variable = readonly [name: string, value: string];

/**
 * The values of a dotenv or INI file of SOPS that its rules do not leave out, encrypted or not; null for
 * any other text.
 * @see https://github.com/getsops/sops/tree/main/stores
 */
export function sopsVariables(text: string): Variable[] | null {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const variables = inSections(lines);
  const own = (name: string) => SOPS.exec(name)?.[1];
  if (!variables.some(({ path }) => own(path.join('.')) === 'mac')) return null;
  const rules = new Map(
    variables.flatMap(({ path, value }) => {
      const rule = own(path.join('.'));
      return rule === undefined ? [] : [[rule, value] as const];
    }),
  );
  const isLeftOut = leftOutBy((name) => rules.get(name) ?? '');
  return variables
    .filter(({ path }) => own(path.join('.')) === undefined && !isLeftOut(path))
    .map(({ path, value }) => [path.at(-1) ?? '', value]);
}

/** What SOPS says of itself: with a prefix in a dotenv file, in a section of its own in an INI one. */
const SOPS = /^(?:DEFAULT\.)?sops[_.](.+)$/;

function inSections(
  lines: readonly string[],
): { readonly path: readonly string[]; readonly value: string }[] {
  let section: readonly string[] = [];
  return lines.flatMap((line) => {
    const header = /^\[([^\]]+)\]$/.exec(line)?.[1];
    if (header !== undefined) section = [header];
    const [, name, value = ''] = /^([^=#;[][^=]*?)\s*=\s*(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [{ path: [...section, name], value }];
  });
}
