import { shownAddress } from '../model/remoteInputs.ts';
import type { Address } from '../settings/address.ts';
import { gitWebAddress, sshParts, withoutGitSuffix } from './gitWebAddress.ts';
import { Refusal } from './refusal.ts';
import type { Trust } from './trust.ts';

/**
 * The address of a Git repository, as `git clone` takes it, that may be fetched: with or
 * without `.git` at its end. An SSH address of GitHub is that of the same repository by HTTPS.
 * @throws {Refusal} where it may not, or where it is reached in a way that Hydrant has not.
 */
export function gitAddress(text: string, trust: Trust): Address {
  const shown = shownAddress(text);
  const ssh = sshParts(text);
  const address = gitWebAddress(text);
  if (address === undefined && ssh !== undefined) {
    const https = `https://${ssh.host}/${ssh.path}`;
    throw new Refusal(
      `${shown} is reached by SSH, for which Hydrant has no key; where anybody may read the repository, name it by \`${https}\` and list that in \`remotes.allow\` of .hydrant.yaml to have it fetched`,
    );
  }
  if (address === undefined || address.scheme === 'oci') {
    const reason = /\/\/[^/]*@/.test(text)
      ? 'holds credentials, which Hydrant does not use'
      : 'is no web address of a Git repository';
    throw new Refusal(`${shown} ${reason}; \`remotes.allow\` of .hydrant.yaml cannot list it`);
  }
  const repository = ssh === undefined ? text : address.url.href;
  trust.demand({ kind: 'repository', repository }, spellings(address));
  return address;
}

/** Servers take both for one repository. */
function spellings(address: Address): Address[] {
  const without = withoutGitSuffix(address);
  const names = without.segments.slice(-1).map((name) => `${name}.git`);
  return [without, { ...without, segments: [...without.segments.slice(0, -1), ...names] }];
}
