import { shownAddress } from '../model/remoteInputs.ts';
import { type Address, parseAddress } from '../settings/address.ts';
import { authorizationOf, type FoundLogin, foundLogin } from './credentials.ts';
import type { Fetching } from './fetching.ts';
import { Refusal } from './refusal.ts';
import type { RegistryPlace } from './registryReference.ts';

const MAX_BYTES = 1024 * 1024;

/** What opens a place in a registry. */
export interface Access {
  readonly headers: Readonly<Record<string, string>>;
  readonly found: FoundLogin;
}

/** A refused request's place, and the `WWW-Authenticate` header of the answer. */
interface Challenge {
  readonly place: RegistryPlace;
  readonly challenge: string;
}

/**
 * What a registry asks for by its challenge: the login of whoever runs Hydrant, or the token that it
 * gives for that, or to anybody. The host of the token may be another one (auth.docker.io); it need
 * not be allowed, but is held to public addresses, and gets the login only where it surely is the
 * registry's own.
 * @see https://distribution.github.io/distribution/spec/auth/token/
 * @throws {Refusal} where nobody gets in so.
 */
export async function fetchAccess(
  fetching: Fetching,
  { place, challenge }: Challenge,
  signal: AbortSignal,
): Promise<Access> {
  const found = await foundLogin(fetching.credentials.registry(place.origin.host));
  if (/^basic\b/i.test(challenge)) {
    if (found.login === undefined) throw wantsCredentials(place, found);
    return { headers: authorizationOf(found.login), found };
  }
  const token = await fetchToken(fetching, { place, challenge, found }, signal);
  return { headers: { authorization: `Bearer ${token}` }, found };
}

async function fetchToken(
  { http }: Fetching,
  { place, challenge, found }: Challenge & { readonly found: FoundLogin },
  signal: AbortSignal,
): Promise<string> {
  const { realm, ...parameters } = parametersOf(challenge);
  if (!/^bearer\s/i.test(challenge) || realm === undefined) throw wantsCredentials(place, found);
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
  const headers = isOwn(address, place) ? authorizationOf(found.login) : {};
  const { status, bytes } = await http.get({ url, maxBytes: MAX_BYTES, headers }, signal);
  const token = status > 299 ? undefined : tokenIn(bytes);
  if (token === undefined) throw wantsCredentials(place, found);
  return token;
}

/** Where a registry's login may go: to its host, to the one above it (gitlab.com of registry.gitlab.com), and to Docker's own. */
function isOwn({ host, url }: Address, { origin }: RegistryPlace): boolean {
  const isAbove = host.includes('.') && /[a-z]$/i.test(url.hostname) && origin.host.endsWith(`.${host}`);
  const isDocker = host === 'auth.docker.io' && origin.host === 'registry-1.docker.io';
  return host === origin.host || isAbove || isDocker;
}

/** The refusal of a registry that demands credentials. */
export function wantsCredentials({ shown, origin }: RegistryPlace, found: FoundLogin | undefined): Refusal {
  const { login, trouble } = found ?? {};
  if (login !== undefined) {
    const whose = `the login that Docker's config.json has for ${origin.host} does not open it`;
    return new Refusal(
      `${shown} does not exist, or ${whose}; \`docker login\` where Hydrant runs makes it anew`,
    );
  }
  const why =
    trouble?.message ?? `Hydrant has none to give; \`docker login\` where Hydrant runs gives it some`;
  return new Refusal(`${shown} does not exist or wants credentials, and ${why}`);
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
