import { type NamedInput, notAllowed, shownAddress } from '../model/remoteInputs.ts';
import type { RemoteMode } from '../model/settings.ts';
import { type Address, parseAddressPattern } from '../settings/address.ts';
import { type AllowList, createAllowList } from './allowList.ts';
import { createNamedInputs } from './namedInputs.ts';
import { Refusal } from './refusal.ts';

/** Decides what may be fetched: what the settings list, and with `remotes.mode: base` what the base names. */
export interface Trust {
  /** What the settings list. */
  readonly allow: AllowList;
  /** @throws {Refusal} where an input may not be fetched. @param spellings of its address. */
  demand(input: NamedInput, spellings: readonly Address[]): void;
  /** True for what is fetched because the base names it. */
  isNamed(input: NamedInput): boolean;
  /** From here on what is asked for was not named by that alone. */
  baseIsRead(named: readonly NamedInput[]): void;
}

export function createTrust({
  mode,
  allow: patterns,
}: {
  readonly mode: RemoteMode;
  readonly allow: readonly string[];
}): Trust {
  const allow = createAllowList(mode === 'none' ? [] : patterns);
  const named = createNamedInputs();
  let readsBase = mode === 'base';
  const isNamed = (input: NamedInput) => mode === 'base' && named.has(input);
  return {
    allow,
    isNamed,
    demand(input, spellings) {
      const address = addressIn(input);
      if (mode === 'none') throw new Refusal(nothingIsFetched(address));
      // What the base asks for it names, or what it names does.
      if (readsBase) named.add(input);
      if (isNamed(input) || spellings.some((one) => allow.allows(one))) return;
      throw new Refusal(mode === 'listed' ? notAllowed(address) : broughtIn(address));
    },
    baseIsRead(more) {
      readsBase = false;
      for (const input of more) named.add(input);
    },
  };
}

/** The address for people. */
function addressIn(input: NamedInput): string {
  if (input.kind === 'file') return input.url;
  if (input.kind === 'repository') return input.repository;
  const { repository, chart } = input;
  const isPlace = /^oci:/i.test(repository) && chart !== null && chart !== '';
  return isPlace ? `${repository.replace(/\/+$/, '')}/${chart}` : repository;
}

function nothingIsFetched(address: string): string {
  return `${shownAddress(address)} is remote, and with \`remotes.mode: none\` in .hydrant.yaml nothing is fetched`;
}

/** Says that the base does not name an address, with the line that would have it fetched. */
function broughtIn(address: string): string {
  const shown = shownAddress(address);
  // A registry's tag is no part of what can be listed.
  const line = shown.replace(/^(oci:\/\/.*\/[^/:@]+)[:@][^/]*$/i, '$1');
  const way =
    parseAddressPattern(line) === undefined
      ? '`remotes.allow` of .hydrant.yaml cannot list it'
      : `to have it fetched, add \`- ${line}\` to \`remotes.allow\` of .hydrant.yaml on the base branch`;
  return `${shown} is not named on the base branch, and what only the pull request names is not fetched; ${way}`;
}
