import { homedir } from 'node:os';
import path from 'node:path';
import { yamlValues } from '../dialects/yamlValues.ts';
import { objectsAt } from '../model/fields.ts';
import { isObject, textAt } from '../model/manifest.ts';
import { type Address, parseAddress } from '../settings/address.ts';
import { type Login, nameUnknown } from './credentials.ts';
import { readMachineFile } from './machineFile.ts';
import { Refusal } from './refusal.ts';

/** A Helm repository that `helm repo add` made known on this machine. */
interface KnownRepository {
  readonly name: string;
  readonly url: string;
  readonly login: Login | undefined;
}

/** For messages; the path is the machine's own affair. */
const SHOWN = "Helm's repositories.yaml";
const WAY = 'mend it, or make it anew with `helm repo add`, or name another by HELM_REPOSITORY_CONFIG';

/** The Helm repositories that are known on this machine, read once. */
export class HelmRepositoriesFile {
  readonly #file: string;
  #read: Promise<readonly KnownRepository[]> | undefined;

  constructor(env: NodeJS.ProcessEnv) {
    this.#file = repositoriesFile(env);
  }

  /** The login of the very repository at an address. @throws {Refusal} where the file cannot be read. */
  async loginOf(wanted: Address): Promise<Login | undefined> {
    const known = await this.#repositories();
    return known.find(({ url, login }) => login !== undefined && isSame(url, wanted))?.login;
  }

  /** @throws {Refusal} where no repository has the name. */
  async addressOf(name: string): Promise<string> {
    const found = (await this.#repositories()).find((one) => one.name === name);
    if (found !== undefined) return found.url;
    throw nameUnknown(name);
  }

  #repositories(): Promise<readonly KnownRepository[]> {
    this.#read ??= readRepositories(this.#file);
    return this.#read;
  }
}

/** Where the file is. https://helm.sh/docs/helm/helm/ (HELM_REPOSITORY_CONFIG, HELM_CONFIG_HOME, and where it is by default) */
export function repositoriesFile(env: NodeJS.ProcessEnv): string {
  const named = env['HELM_REPOSITORY_CONFIG'] ?? '';
  if (named !== '') return named;
  const own = env['HELM_CONFIG_HOME'] ?? '';
  if (own !== '') return path.join(own, 'repositories.yaml');
  const xdg = env['XDG_CONFIG_HOME'] ?? '';
  const home = env['HOME'] ?? homedir();
  const usual =
    process.platform === 'darwin' ? path.join(home, 'Library/Preferences') : path.join(home, '.config');
  return path.join(xdg === '' ? usual : xdg, 'helm', 'repositories.yaml');
}

async function readRepositories(file: string): Promise<readonly KnownRepository[]> {
  const text = await readMachineFile(file, { shown: SHOWN, way: WAY });
  if (text === undefined) return [];
  const [document] = yamlValues(text);
  if (text.trim() !== '' && !isObject(document)) throw new Refusal(`${SHOWN} is not valid YAML; ${WAY}`);
  if (!isObject(document)) return [];
  return objectsAt(document, ['repositories']).flatMap((entry) => {
    const [name, url] = [textAt(entry, ['name']), textAt(entry, ['url'])];
    if (name === undefined || url === undefined) return [];
    const [user = '', password = ''] = [textAt(entry, ['username']), textAt(entry, ['password'])];
    const login = user === '' && password === '' ? undefined : { user, password };
    return [{ name, url, login }];
  });
}

function isSame(url: string, wanted: Address): boolean {
  const known = parseAddress(url);
  return (
    known !== undefined &&
    known.scheme === wanted.scheme &&
    known.host === wanted.host &&
    known.segments.join('/') === wanted.segments.join('/')
  );
}
