import { homedir } from 'node:os';
import path from 'node:path';
import { objectAt, textMapAt } from '../model/fields.ts';
import { isObject, type ManifestObject, textAt } from '../model/manifest.ts';
import type { Login } from './credentials.ts';
import { askHelper } from './dockerHelper.ts';
import { readMachineFile } from './machineFile.ts';
import { Refusal } from './refusal.ts';

/** For messages; the path is the machine's own affair. */
const SHOWN = "Docker's config.json";
const WAY = 'mend it, or make it anew with `docker login`, or name the folder of another by DOCKER_CONFIG';

/**
 * The logins of registries in Docker's configuration, read once.
 * @see https://docs.docker.com/reference/cli/docker/login/
 */
export class DockerConfig {
  readonly #file: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #runsHelpers: boolean;
  #read: Promise<ManifestObject> | undefined;

  /** @param options.runsHelpers true: programs that the configuration names may be asked. */
  constructor(env: NodeJS.ProcessEnv, { runsHelpers }: { readonly runsHelpers: boolean }) {
    this.#file = path.join(dockerFolder(env), 'config.json');
    this.#env = env;
    this.#runsHelpers = runsHelpers;
  }

  /** @param host with its port. @throws {Refusal} where the configuration or its helper cannot be read. */
  async loginOf(host: string): Promise<Login | undefined> {
    this.#read ??= readConfig(this.#file);
    const config = await this.#read;
    const names = namesOf(host);
    const helpers = textMapAt(config, ['credHelpers']);
    const named = names.find((name) => helpers[name] !== undefined);
    const helper = named === undefined ? textAt(config, ['credsStore']) : helpers[named];
    const stored = storedLogin(config, names);
    if (helper === undefined || helper === '') return stored;
    if (this.#runsHelpers) return (await askHelper(helper, names, this.#env)) ?? stored;
    if (stored !== undefined) return stored;
    throw new Refusal(
      `${SHOWN} leaves the login of ${host} to the credential helper \`${helper}\`, which is run by the command line alone; put the login under \`auths\` of a config.json and name its folder by DOCKER_CONFIG`,
    );
  }
}

/** The folder of Docker's configuration. */
export function dockerFolder(env: NodeJS.ProcessEnv): string {
  const folder = env['DOCKER_CONFIG'] ?? '';
  return folder === '' ? path.join(env['HOME'] ?? homedir(), '.docker') : folder;
}

async function readConfig(file: string): Promise<ManifestObject> {
  const text = await readMachineFile(file, { shown: SHOWN, way: WAY });
  if (text === undefined) return {};
  const parsed = parse(text);
  if (isObject(parsed)) return parsed;
  throw new Refusal(`${SHOWN} is not valid JSON; ${WAY}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How a registry may be written: Docker's own goes by the address of its first version. */
function namesOf(host: string): string[] {
  const own = ['https://index.docker.io/v1/', 'index.docker.io', 'docker.io', 'registry-1.docker.io'];
  return own.includes(host) ? own : [host];
}

function storedLogin(config: ManifestObject, names: readonly string[]): Login | undefined {
  const entries = Object.entries(objectAt(config, ['auths']) ?? {});
  const entry = entries.find(([key]) => names.includes(key) || names.includes(hostIn(key)))?.[1];
  if (!isObject(entry)) return undefined;
  const user = textAt(entry, ['username']) ?? '';
  const password = textAt(entry, ['password']) ?? '';
  if (user !== '' && password !== '') return { user, password };
  const auth = textAt(entry, ['auth']) ?? '';
  if (auth === '') return undefined;
  const [whole, name = '', secret = ''] =
    /^([^:]*):([^\0]*)/.exec(Buffer.from(auth, 'base64').toString('utf8')) ?? [];
  if (whole !== undefined) return { user: name, password: secret };
  throw new Refusal(
    `${SHOWN} has an \`auth\` for ${names[0] ?? ''} that is no user and password in base64; ${WAY}`,
  );
}

/** Older entries are addresses: `https://registry.example.com/v2/`. */
function hostIn(key: string): string {
  return key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}
