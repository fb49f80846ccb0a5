import type { NamedInput } from '../model/remoteInputs.ts';
import { type Address, parseAddress } from '../settings/address.ts';
import { gitWebAddress, withoutGitSuffix } from './gitWebAddress.ts';

/** What was named so far, as it is compared. */
export interface NamedInputs {
  add(input: NamedInput): void;
  /** True for what was named: the very repository, place in a registry or file, and not its host. */
  has(input: NamedInput): boolean;
}

export function createNamedInputs(): NamedInputs {
  const keys = new Set<string>();
  return {
    add: (input) => {
      for (const key of keysOfNamed(input)) keys.add(key);
    },
    has: (input) => keysOfWanted(input).some((key) => keys.has(key)),
  };
}

/** What an input makes known. */
function keysOfNamed(input: NamedInput): string[] {
  switch (input.kind) {
    case 'chart': {
      const { repository, chart } = input;
      const address = parseAddress(repository);
      if (address === undefined) return [];
      if (address.scheme !== 'oci') return [keyOf('helm', address)];
      // A registry alone is a host.
      const folder = address.segments.length > 0 && chart !== '' ? [keyOf('folder', address)] : [];
      return chart === null ? folder : [keyOf('place', placeOf(address, chart)), ...folder];
    }
    case 'file': {
      const address = parseAddress(input.url);
      if (address === undefined) return [];
      const repository = repositoryOfFile(address);
      const file = keyOf('file', address);
      return repository === undefined ? [file] : [file, keyOf('git', repository)];
    }
    case 'repository': {
      const address = gitWebAddress(input.repository);
      return address === undefined ? [] : [keyOf('git', withoutGitSuffix(address))];
    }
  }
}

/** What has to be known of an input, one of these. */
function keysOfWanted(input: NamedInput): string[] {
  if (input.kind === 'chart') {
    const { repository, chart } = input;
    const address = parseAddress(repository);
    if (address?.scheme !== 'oci' || chart === null) return keysOfNamed(input);
    // Only a plain name stands right in the folder: `..` and `\\` would lead out of it.
    const isBeside = /^\w[\w.+-]*$/.test(chart);
    return [keyOf('place', placeOf(address, chart)), ...(isBeside ? [keyOf('folder', address)] : [])];
  }
  if (input.kind === 'repository') return keysOfNamed(input);
  const address = parseAddress(input.url);
  if (address === undefined) return [];
  // A file of a repository that is named lies below its address, with many servers.
  const above = address.segments.map((_, index) =>
    keyOf('git', withoutGitSuffix({ ...address, segments: address.segments.slice(0, index + 1) })),
  );
  return [...keysOfNamed(input), ...above];
}

/** The Git repository that a file's address is of, where the address itself says so. */
function repositoryOfFile(address: Address): Address | undefined {
  const { host, segments } = address;
  if (['github.com', 'raw.githubusercontent.com'].includes(host) && segments.length > 2) {
    return { ...address, host: 'github.com', segments: segments.slice(0, 2) };
  }
  // https://docs.gitlab.com/user/project/repository/files/
  const end = segments.indexOf('-');
  return end < 2 ? undefined : { ...address, segments: segments.slice(0, end) };
}

function placeOf(address: Address, chart: string): Address {
  const names = chart.split('/').filter((name) => name !== '');
  return { ...address, segments: [...address.segments, ...names] };
}

function keyOf(kind: string, { scheme, host, segments }: Address): string {
  return JSON.stringify([kind, scheme, host, segments]);
}
