import type { Address } from '../settings/address.ts';
import { Refusal } from './refusal.ts';

/** A user and password, or a token in its place. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

/**
 * The credentials of whoever runs Hydrant, by what they open. They come from this machine and
 * never from the repository under review, go to the host that they are for, and are in no message.
 */
export interface Credentials {
  /** Of a registry, by its host. @throws {Refusal} where the file that may have them cannot be read. */
  registry(host: string): Promise<Login | undefined>;
  /** Of a Helm repository. @throws {Refusal} as `registry` does. */
  helmRepository(address: Address): Promise<Login | undefined>;
  /** The address of the Helm repository that has a name on this machine. @throws {Refusal} where none has. */
  helmRepositoryNamed(name: string): Promise<string>;
  /** Of a Git repository. */
  gitRepository(address: Address): Promise<Login | undefined>;
}

/** Nobody's. */
export function noCredentials(): Credentials {
  const none = async () => undefined;
  return {
    registry: none,
    helmRepository: none,
    helmRepositoryNamed: (name) => Promise.reject(nameUnknown(name)),
    gitRepository: none,
  };
}

/** The refusal of a repository that this machine knows by no such name. */
export function nameUnknown(name: string): Refusal {
  return new Refusal(
    `no repository is named \`${name}\` in Helm's repositories.yaml; \`helm repo add ${name} <address>\` where Hydrant runs adds it, or Chart.yaml names its address`,
  );
}

/** What was found of a login. */
export interface FoundLogin {
  readonly login: Login | undefined;
  /** Why it could not be looked up. What anybody may read is read all the same. */
  readonly trouble: Refusal | undefined;
}

export async function foundLogin(asked: Promise<Login | undefined>): Promise<FoundLogin> {
  try {
    return { login: await asked, trouble: undefined };
  } catch (error) {
    if (error instanceof Refusal) return { login: undefined, trouble: error };
    throw error;
  }
}

/** What a request carries to say who asks. */
export function authorizationOf(login: Login | undefined): Readonly<Record<string, string>> {
  if (login === undefined) return {};
  const pair = Buffer.from(`${login.user}:${login.password}`).toString('base64');
  return { authorization: `Basic ${pair}` };
}
