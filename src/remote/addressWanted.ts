import { shownAddress } from '../model/remoteInputs.ts';
import { type Address, parseAddress } from '../settings/address.ts';
import { Refusal } from './refusal.ts';

/**
 * An address taken apart.
 * @param otherwise what a text is that is none: `no web address`.
 * @throws {Refusal} where it is none, or holds credentials.
 */
export function addressWanted(text: string, otherwise: string): Address {
  const address = parseAddress(text);
  if (address !== undefined) return address;
  const reason = /\/\/[^/]*@/.test(text)
    ? 'holds credentials, which Hydrant does not use'
    : `is ${otherwise}`;
  throw new Refusal(`${shownAddress(text)} ${reason}; \`remotes.allow\` of .hydrant.yaml cannot list it`);
}
