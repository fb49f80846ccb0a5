import type { Gap } from './figures.ts';
import { oneName } from './visible.ts';

/** More addresses are not pasted but decided on. */
const MOST = 5;

/**
 * The lines of `.hydrant.yaml` by which more would be validated: the addresses that the settings do not allow, and a
 * folder for the schemas of kinds that have none. Empty where no line would help.
 */
export function linesToPaste(gaps: readonly Gap[]): string[] {
  const addresses = new Set(gaps.flatMap(({ reason }) => addressIn(reason)));
  const kinds = gaps.filter(({ reason }) => reason.startsWith('no schema for this kind'));
  return [
    ...(addresses.size === 0
      ? []
      : [
          'remotes:',
          '  allow:',
          ...[...addresses].slice(0, MOST).map((address) => `    - ${JSON.stringify(address)}`),
        ]),
    ...(kinds.length === 0
      ? []
      : [
          'schemas:',
          '  locations:',
          // A name with a line feed would add a line of its own to what is pasted.
          `    - schemas # a folder of yours with the schema of ${oneName(kinds[0]?.subject ?? '')}`,
        ]),
  ];
}

/** The address that a reason names, where the settings may list it. */
function addressIn(reason: string): string[] {
  const [, line, plain] =
    /add `- (\S+)` to `remotes\.allow`|^(\S+) is remote, and the settings do not allow it/.exec(reason) ?? [];
  const address = line ?? plain;
  return address === undefined ? [] : [address];
}
