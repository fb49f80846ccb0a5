import type { RepositoryFiles } from '../emulator/local/files.ts';

/** A pull request as its author writes it: what the demo opens, and what mends it. */
export interface SamplePullRequest {
  readonly title: string;
  readonly branch: string;
  /** Files of the branch, given those of the base. */
  readonly mistakes: RepositoryFiles;
  readonly fixes: RepositoryFiles;
}

const DEPLOYMENT = 'apps/myapp/base/deployment.yaml';
const OTHER_DEPLOYMENT = 'apps/another-app/base/deployment.yaml';
const STAGING = 'apps/myapp/overlays/staging/kustomization.yaml';
const SECRET = 'apps/myapp/overlays/staging/smtp.yaml';

/**
 * A pull request on `examples/gitops-repo` with one good change, the new image of a sidecar
 * in a base, and three mistakes: a field that does not exist, a privileged container and a
 * Secret in plain text. The fixes keep the good change.
 * @param files of the example, by path.
 */
export function samplePullRequest(files: RepositoryFiles): SamplePullRequest {
  const bumped = replace(files, DEPLOYMENT, ['metrics-proxy:v0.9.1', 'metrics-proxy:v0.10.0']);
  return {
    title: 'Metrics proxy v0.10.0, and mail from staging',
    branch: 'metrics-proxy',
    mistakes: {
      // The second container's, which is the sidecar.
      [DEPLOYMENT]: replaceLast(bumped, 'allowPrivilegeEscalation: false', 'privileged: true'),
      [OTHER_DEPLOYMENT]: replace(files, OTHER_DEPLOYMENT, ['replicas: 2', 'replica: 3']),
      [STAGING]: replace(files, STAGING, ['  - ../../base\n', '  - ../../base\n  - smtp.yaml\n']),
      [SECRET]: PLAIN_SECRET,
    },
    fixes: {
      [DEPLOYMENT]: bumped,
      [OTHER_DEPLOYMENT]: replace(files, OTHER_DEPLOYMENT, ['replicas: 2', 'replicas: 3']),
      [SECRET]: EXTERNAL_SECRET,
    },
  };
}

/** @throws when the example no longer has the text. */
function replace(files: RepositoryFiles, path: string, [from, to]: readonly [string, string]): string {
  const content = files[path];
  const text = content instanceof Uint8Array ? Buffer.from(content).toString() : '';
  if (!text.includes(from)) throw new Error(`examples/gitops-repo/${path} has no ${JSON.stringify(from)}`);
  return text.replace(from, to);
}

function replaceLast(text: string, from: string, to: string): string {
  const at = text.lastIndexOf(from);
  return `${text.slice(0, at)}${to}${text.slice(at + from.length)}`;
}

const PLAIN_SECRET = `apiVersion: v1
kind: Secret
metadata:
  name: smtp
type: Opaque
stringData:
  username: canary-mailer
  password: canary-correct-horse
`;

const EXTERNAL_SECRET = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: smtp
spec:
  refreshInterval: 1h
  secretStoreRef:
    kind: ClusterSecretStore
    name: aws-secrets-manager
  target:
    name: smtp
  data:
    - secretKey: password
      remoteRef:
        key: myapp/smtp
        property: password
`;
