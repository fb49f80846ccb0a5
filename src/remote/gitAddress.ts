import { notAllowed, shownAddress } from '../model/remoteInputs.ts';
import { type Address, parseAddress } from '../settings/address.ts';
import type { AllowList } from './allowList.ts';
import { Refusal } from './refusal.ts';

/**
 * The address of a Git repository, as `git clone` takes it, that the settings allow: with or
 * without `.git` at its end.
 * @throws {Refusal} where they do not, or where it is reached in a way that Hydrant has not.
 */
export function gitAddress(text: string, allow: AllowList): Address {
  const shown = shownAddress(text);
  const ssh = /^(?:ssh:\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\/|[^/@]*@?([^/:@]+):(?!\/))(.+)$/i.exec(text);
  if (ssh !== null) {
    const [, host = ssh[2], , path = ''] = ssh;
    const https = `https://${host}/${path}`;
    throw new Refusal(
      `${shown} is reached by SSH, for which Hydrant has no key; where anybody may read the repository, name it by \`${https}\` and list that in \`remotes.allow\` of .hydrant.yaml to have it fetched`,
    );
  }
  const address = parseAddress(text);
  if (address === undefined || address.scheme === 'oci') {
    const reason = /\/\/[^/]*@/.test(text)
      ? 'holds credentials, which Hydrant does not use'
      : 'is no web address of a Git repository';
    throw new Refusal(`${shown} ${reason}; \`remotes.allow\` of .hydrant.yaml cannot list it`);
  }
  if (!spellings(address).some((one) => allow.allows(one))) throw new Refusal(notAllowed(text));
  return address;
}

/** Servers take both for one repository. */
function spellings(address: Address): Address[] {
  const name = address.segments.at(-1) ?? '';
  const other = name.endsWith('.git') ? name.slice(0, -'.git'.length) : `${name}.git`;
  return [address, { ...address, segments: address.segments.with(-1, other) }];
}
