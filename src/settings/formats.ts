import picomatch from 'picomatch';
import { SCHEMA_PLACEHOLDER } from '../model/schemaLocation.ts';
import { table } from '../model/table.ts';
import { parseAddress, parseAddressPattern } from './address.ts';

/** What text in the settings can be held to, by the name that the schema has for it. */
export const FORMATS = table<(text: string) => boolean>({
  'repository-glob': isRepositoryGlob,
  'repository-path': isRepositoryPath,
  'schema-location': isSchemaLocation,
  'git-address': isGitAddress,
  'server-address': isServerAddress,
  'address-pattern': (text) => parseAddressPattern(text) !== undefined,
  'cluster-name': isPlainName,
  'environment-name': isPlainName,
  'api-version': isApiVersion,
  'rule-glob': isRuleGlob,
  'resource-glob': (text) => /^[^\s/]+(?:\/[^\s/]+){1,2}$/.test(text),
  'calendar-date': isCalendarDate,
});

/** True for a folder inside the repository, told from its root: `policies`, `./a/b/`, `.`. */
function isRepositoryPath(path: string): boolean {
  return path !== '' && !path.startsWith('/') && !path.includes('\\') && !path.split('/').includes('..');
}

/** A folder, or a path with kubeconform's placeholders. */
function isSchemaLocation(location: string): boolean {
  const plain = location.replace(SCHEMA_PLACEHOLDER, 'x');
  return isRepositoryPath(plain) && !/[{}]|^https?:/.test(plain);
}

/** True for a glob that can match folders of the repository, with its brackets closed. */
function isRepositoryGlob(glob: string): boolean {
  if (!isRepositoryPath(glob)) return false;
  try {
    return picomatch.makeRe(glob, { dot: true, strictBrackets: true }) instanceof RegExp;
  } catch {
    return false;
  }
}

/** `https://host/path`, `ssh://git@host/path` or `git@host:path`, without password. */
function isGitAddress(text: string): boolean {
  if (/^(?:[\w.-]+@)?[\w.-]+:(?!\/\/)[^\s\\]+$/.test(text)) return true;
  if (!/^(?:https?|ssh|git):\/\/[^\s\\]+$/.test(text) || !URL.canParse(text)) return false;
  const { hostname, pathname, password } = new URL(text);
  return hostname !== '' && pathname.length > 1 && password === '';
}

function isServerAddress(text: string): boolean {
  return /^https?:\/\/[^\s\\]+$/.test(text) && parseAddress(text) !== undefined;
}

/** Names stand in globs of folders, as they are: `clusters/<name>/**`. */
function isPlainName(name: string): boolean {
  return /^[^\s*?[\]{}()!\\]+$/.test(name) && isRepositoryPath(name);
}

/** `security/*`; what keeps Hydrant from judging cannot be excepted. */
function isRuleGlob(text: string): boolean {
  return /^[\w.*-]+\/[\w.*-]+$/.test(text) && !/^(?:render|settings|policy)\//.test(text);
}

/** A day that there is. */
function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** As Helm has them: `v1`, `group/version`, `group/version/Kind`. */
function isApiVersion(text: string): boolean {
  return /^(?:[a-z0-9.-]+\/)?v[a-z0-9]+(?:\/[A-Za-z0-9]+)?$/.test(text);
}
