import { shownAddress } from '../model/remoteInputs.ts';
import { parseAddress } from '../settings/address.ts';
import { Refusal } from './refusal.ts';

/** More than any storage behind a registry needs. */
export const MAX_REDIRECTS = 5;

/** True for the statuses that send a reader to another address. */
export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/**
 * Where a redirect leads. Any host is followed, because repositories keep charts on storage
 * whose hosts change; the connection refuses the ones that are not public.
 * @throws {Refusal} where it leads out of HTTP, or from an encrypted connection to a plain one.
 */
export function redirectTarget(from: URL, location: string | string[] | undefined): URL {
  const refuse = (reason: string) => new Refusal(`${shownAddress(from.href)} ${reason}`);
  if (typeof location !== 'string' || !URL.canParse(location, from.href)) {
    throw refuse('redirects to nowhere');
  }
  const to = new URL(location, from);
  const where = shownAddress(to.href);
  if (!/^https?:$/.test(to.protocol) || parseAddress(to.href) === undefined) {
    throw refuse(`redirects to ${where}, which is no plain web address`);
  }
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw refuse(`redirects to ${where}, which is not encrypted`);
  }
  return to;
}
