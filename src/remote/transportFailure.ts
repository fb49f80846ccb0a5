import { shownAddress } from '../model/remoteInputs.ts';
import { table } from '../model/table.ts';
import { AddressRefused } from './connect.ts';
import { Refusal } from './refusal.ts';

/** A request that got no whole answer, as a sentence. */
export function explainTransportFailure(error: unknown, url: URL, connectMs: number): Refusal {
  const refused = addressRefusedIn(error);
  if (refused !== undefined) return new Refusal(explainAddress(refused, url));
  const code = codeOf(error) ?? 'unknown reason';
  const known = table<string>({
    ECONNREFUSED: 'refuses the connection',
    ENOTFOUND: 'has a host that no name server knows',
    EAI_AGAIN: 'cannot be looked up at the moment',
    UND_ERR_CONNECT_TIMEOUT: `did not accept a connection within ${connectMs / 1000} s`,
  });
  const reason = known[code] ?? (isCertificate(code) ? 'has a TLS certificate that does not hold' : BROKEN);
  const shown = known[code] === undefined ? ` (${code})` : '';
  return new Refusal(
    `${shownAddress(url.href)} ${reason}${shown}; it is fetched again with the next review`,
    {
      passes: isPassing(error),
    },
  );
}

/** True for what may go better at the next try. */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  if (addressRefusedIn(error) !== undefined || code === 'ENOTFOUND') return false;
  return code !== undefined && !isCertificate(code);
}

const BROKEN = 'broke the connection';

/** Says which setting would let a local address be reached, where one would. */
function explainAddress({ ip, port, kind }: AddressRefused, url: URL): string {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const subject = host === ip ? '' : `, since ${host} is ${ip}`;
  const refusal = `${shownAddress(url.href)} leads to ${kind.words}${subject}, and only public ones are fetched from`;
  if (kind.reach === 'never') return refusal;
  const named = `${url.protocol}//${ip.includes(':') ? `[${ip}]` : ip}:${port}`;
  return `${refusal}; list \`${named}\` as well in \`remotes.allow\` of .hydrant.yaml where it is meant`;
}

/** An attempt at each of a host's addresses may have failed in its own way. */
function addressRefusedIn(error: unknown): AddressRefused | undefined {
  if (error instanceof AddressRefused) return error;
  const inner: unknown = fieldOf(error, 'errors');
  return Array.isArray(inner) ? inner.find((one) => one instanceof AddressRefused) : undefined;
}

/** Node's and undici's errors have codes; our own mistakes have none. */
function codeOf(error: unknown): string | undefined {
  const code = fieldOf(error, 'code');
  return typeof code === 'string' && /^\w+$/.test(code) ? code : undefined;
}

function fieldOf(error: unknown, field: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, field) : undefined;
}

function isCertificate(code: string): boolean {
  return /CERT|^DEPTH_ZERO|^UNABLE_TO|^ERR_TLS|SELF_SIGNED/.test(code);
}
