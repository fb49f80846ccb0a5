import type { CredentialRule } from './credentialRules.ts';

/** The rule whose finds are base64 of a login. */
export const LOGIN_IN_BASE64 = 'login-in-base64';

/**
 * Logins of registries in a text of whatever kind, such as a chart's value that no template reads: as they
 * stand, as a text of JSON in a text, and in base64 of the whole. Those of a file that can be read are known by its fields.
 */
export const DOCKER_RULES: readonly CredentialRule[] = [
  {
    // `user:password` in base64: https://docs.docker.com/reference/cli/docker/login/
    id: LOGIN_IN_BASE64,
    keywords: ['auth:', 'auth"', "auth'", String.raw`auth\"`, 'auth='],
    regex: String.raw`(?i)auth\\*["']?\s*[:=]\s*\\*["']?([a-z0-9+/]{8,}={0,2})`,
    decoded: String.raw`^[!-9;-~]{1,200}:[\t\n\r -~]{3,}$`,
  },
  {
    id: 'docker-config',
    keywords: ['auths'],
    regex: String.raw`auths\\*["']?\s*:\s*\{[^\[\]]*?["'](?:password|identitytoken|registrytoken)\\*["']\s*:\s*\\*["']([^"'\\\s]{3,})`,
  },
  {
    // As `kubectl create secret docker-registry` writes it, and `.dockercfg` without `auths`.
    id: 'docker-login',
    keywords: ['"auth"', String.raw`\"auth\"`],
    regex: String.raw`password\\*"\s*:\s*\\*"([^"\\\s]{3,200})\\*"\s*,(?:\s*\\*"email\\*"\s*:\s*\\*"[^"]*"\s*,)?\s*\\*"auth\\*"\s*:`,
  },
];
