import { shownAddress } from '../model/remoteInputs.ts';
import { parseAddress } from '../settings/address.ts';
import type { Fetching } from './fetching.ts';
import { Refusal } from './refusal.ts';
import type { RegistryPlace } from './registryReference.ts';

const MAX_BYTES = 1024 * 1024;

/**
 * The token that a registry gives to anybody who asks where its challenge says to. That
 * host may be another one (auth.docker.io); it need not be allowed, but is held to public
 * addresses and gets nothing but the chart's name.
 * @see https://distribution.github.io/distribution/spec/auth/token/
 * @param challenge the `WWW-Authenticate` header of a refused request.
 * @throws {Refusal} where nobody gets in without credentials.
 */
export async function fetchToken(
  { http }: Pick<Fetching, 'http'>,
  { place, challenge }: { readonly place: RegistryPlace; readonly challenge: string },
  signal: AbortSignal,
): Promise<string> {
  const { realm, ...parameters } = parametersOf(challenge);
  if (!/^bearer\s/i.test(challenge) || realm === undefined) throw wantsCredentials(place);
  const address = parseAddress(realm);
  const plain = address?.scheme === 'http' && place.origin.protocol === 'https:';
  if (address === undefined || address.scheme === 'oci' || plain) {
    throw new Refusal(
      `${place.shown} sends to ${shownAddress(realm)} for a token, which is no address for one`,
    );
  }
  const url = new URL(address.url);
  if (parameters.service !== undefined) url.searchParams.set('service', parameters.service);
  url.searchParams.set('scope', parameters.scope ?? `repository:${place.name}:pull`);
  const { status, bytes } = await http.get({ url, maxBytes: MAX_BYTES }, signal);
  const token = status > 299 ? undefined : tokenIn(bytes);
  if (token === undefined) throw wantsCredentials(place);
  return token;
}

/** The refusal of a registry that demands credentials. */
export function wantsCredentials({ shown }: RegistryPlace): Refusal {
  return new Refusal(`${shown} does not exist or wants credentials, and Hydrant has none to give`);
}

/** `name="value"` pairs of a challenge. */
function parametersOf(challenge: string): Readonly<Record<string, string | undefined>> {
  const pairs = challenge.matchAll(/([a-z]+)\s*=\s*"([^"]*)"/gi);
  return Object.fromEntries(Array.from(pairs, ([, name = '', value]) => [name.toLowerCase(), value]));
}

function tokenIn(bytes: Uint8Array): string | undefined {
  try {
    const answer: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (typeof answer !== 'object' || answer === null) return undefined;
    const token: unknown = Reflect.get(answer, 'token') ?? Reflect.get(answer, 'access_token');
    return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token) ? token : undefined;
  } catch {
    return undefined;
  }
}
