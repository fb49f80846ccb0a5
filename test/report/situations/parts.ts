import type { TestFiles } from '../../helpers/repository.ts';

/** A small repository before a pull request, and what the pull request changes of it. */
export interface Situation {
  readonly base: TestFiles;
  readonly change: TestFiles;
}

interface Workload {
  readonly image?: string;
  readonly replicas?: number;
  /** Further lines of the container, each with its line break. */
  readonly container?: string;
  /** Further lines of the Deployment's spec. */
  readonly spec?: string;
}

/** A Deployment that nothing is said against. */
export function deployment(
  name: string,
  { image = 'registry.example.com/shop/web:v1.2.3', replicas = 2, container = '', spec = '' }: Workload = {},
): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${replicas}
${spec}  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
      containers:
        - name: ${name}
          image: ${image}
${container}`;
}

/** A Service for the Pods of a Deployment. */
export function service(name: string, port = 80): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector: { app: ${name} }
  ports:
    - port: ${port}
      name: http
`;
}

/** A kustomization of resources, with further lines. */
export function kustomization(resources: readonly string[], more = ''): string {
  return `resources:\n${resources.map((path) => `  - ${path}\n`).join('')}${more}`;
}

/** An application with a base and overlays, each with further lines of its kustomization. */
export function application(
  name: string,
  files: Readonly<Record<string, string>>,
  overlays: Readonly<Record<string, string>>,
): TestFiles {
  const folder = `apps/${name}`;
  return Object.fromEntries([
    [`${folder}/base/kustomization.yaml`, kustomization(Object.keys(files))],
    ...Object.entries(files).map(([path, text]) => [`${folder}/base/${path}`, text]),
    ...Object.entries(overlays).map(([overlay, more]) => [
      `${folder}/overlays/${overlay}/kustomization.yaml`,
      kustomization(['../../base'], more),
    ]),
  ]);
}

/** Flux's objects in the folder of a cluster: the repository itself, and a Kustomization for each path. */
export function cluster(
  name: string,
  paths: Readonly<Record<string, string>>,
  { prune = true, suspend = false }: { readonly prune?: boolean; readonly suspend?: boolean } = {},
): TestFiles {
  const kustomizations = Object.entries(paths).map(
    ([called, path]) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${called}, namespace: flux-system }
spec:
  interval: 10m
  path: ./${path}
  prune: ${prune}
${suspend ? '  suspend: true\n' : ''}  sourceRef: { kind: GitRepository, name: flux-system }
`,
  );
  return {
    [`clusters/${name}/source.yaml`]: `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec:
  interval: 1m
  url: https://github.com/acme/gitops
  ref: { branch: main }
`,
    [`clusters/${name}/apps.yaml`]: kustomizations.join('---\n'),
  };
}

/** The settings with two clusters. */
export const TWO_CLUSTERS = `clusters:
  - name: eu-1
    environment: production
  - name: staging-1
    environment: staging
repository: { urls: ['https://github.com/acme/gitops'] }
`;
