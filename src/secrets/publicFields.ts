import { table } from '../model/table.ts';

/** The parts of a Secret that decide which of its fields hold no secret value. */
export interface SecretKind {
  readonly type: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#repositories */
const ARGO_FIELDS = table<ReadonlySet<string>>({
  repository: repositoryFields(),
  'repo-creds': repositoryFields(),
  cluster: new Set(['name', 'server', 'namespaces', 'clusterResources', 'project', 'shard']),
});

function repositoryFields(): ReadonlySet<string> {
  return new Set([
    'type',
    'url',
    'name',
    'project',
    'username',
    'depth',
    'insecure',
    'insecureIgnoreHostKey',
    'enableLfs',
    'enableOCI',
    'insecureOCIForceHttp',
    'forceHttpBasicAuth',
    'noProxy',
    'githubAppID',
    'githubAppInstallationID',
    'githubAppEnterpriseBaseUrl',
    'useAzureWorkloadIdentity',
  ]);
}

/**
 * True for a field that holds nothing to hide: what Argo CD's Secrets say of a repository or
 * cluster besides its credentials, and all of what Helm keeps of a release.
 * @param value where it is known: an address may have a password.
 */
export function isPublicField({ type, labels }: SecretKind, key: string, value = ''): boolean {
  if (type === 'helm.sh/release.v1') return true;
  const fields = ARGO_FIELDS[labels['argocd.argoproj.io/secret-type'] ?? ''];
  return fields?.has(key) === true && !/:\/\/[^/@]*:[^/@]*@/.test(value);
}
