/** What a review needs of the machine: where programs and caches are, logins of registries, and the network. */
const NEEDED = [
  'PATH',
  'HOME',
  'TMPDIR',
  'XDG_CACHE_HOME',
  'XDG_CONFIG_HOME',
  'DOCKER_CONFIG',
  'HELM_CONFIG_HOME',
  'HELM_REPOSITORY_CONFIG',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'NODE_EXTRA_CA_CERTS',
  'HYDRANT_ENGINE',
  'HYDRANT_READABLE',
];

/** The environment of a review's process. The App's key and the webhooks' secret are not in it. */
export function reviewEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(NEEDED.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
