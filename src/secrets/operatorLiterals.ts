import { isSecret } from '../model/secretValue.ts';
import type { TextTree } from './textTree.ts';

/** A text that becomes a Secret's value, or is the credential of a file that tools log in by. */
export interface Literal<N> {
  /** The kind and name of the object that it stands in, such as `ExternalSecret shop`. */
  readonly within: string;
  readonly key: string;
  readonly node: N;
  /** Names and indexes on the way to it, from the root of the document. */
  readonly path: readonly (string | number)[];
  /** In base64. */
  readonly encoded: boolean;
  /** True where most of what stands there is no secret, so that its name or content has to say that it is one. */
  readonly isTemplate: boolean;
}

/** Where the fields of a kind stand that become a Secret; `*` is each item of a list or mapping. */
interface Maker {
  readonly group: string;
  readonly kind: RegExp;
  readonly at: readonly string[];
  readonly encoded?: true;
  readonly isTemplate?: true;
}

const EXTERNAL = { group: 'external-secrets.io', isTemplate: true } as const;

/** Operators' kinds with literals. Those that hold a whole Secret, such as Crossplane's Object, are told by it. */
const MAKERS: readonly Maker[] = [
  // https://external-secrets.io/latest/api/spec/
  ...['data', 'templateFrom.*.literal'].flatMap((field): Maker[] => [
    { ...EXTERNAL, kind: /^ExternalSecret$/, at: `spec.target.template.${field}`.split('.') },
    {
      ...EXTERNAL,
      kind: /^ClusterExternalSecret$/,
      at: `spec.externalSecretSpec.target.template.${field}`.split('.'),
    },
    { ...EXTERNAL, kind: /^PushSecret$/, at: `spec.template.${field}`.split('.') },
    { ...EXTERNAL, kind: /^ClusterPushSecret$/, at: `spec.pushSecretSpec.template.${field}`.split('.') },
  ]),
  ...['value', 'valueMap'].map(
    (field): Maker => ({
      group: 'external-secrets.io',
      kind: /^(?:Cluster)?SecretStore$/,
      at: ['spec', 'provider', 'fake', 'data', '*', field],
    }),
  ),
  { group: 'generators.external-secrets.io', kind: /^Fake$/, at: ['spec', 'data'] },
  // https://github.com/bitnami-labs/sealed-secrets
  ...['data', 'stringData'].map(
    (field): Maker => ({
      group: 'bitnami.com',
      kind: /^SealedSecret$/,
      at: ['spec', 'template', field],
      isTemplate: true,
    }),
  ),
  // https://github.com/isindir/sops-secrets-operator, https://github.com/craftypath/sops-operator
  ...['secretTemplates', 'secret_templates'].flatMap((list): Maker[] => [
    { group: 'isindir.github.com', kind: /^SopsSecret$/, at: ['spec', list, '*', 'stringData'] },
    { group: 'isindir.github.com', kind: /^SopsSecret$/, at: ['spec', list, '*', 'string_data'] },
    { group: 'isindir.github.com', kind: /^SopsSecret$/, at: ['spec', list, '*', 'data'], encoded: true },
  ]),
  { group: 'craftypath.github.io', kind: /^SopsSecret$/, at: ['spec', 'stringData'] },
  { group: 'craftypath.github.io', kind: /^SopsSecret$/, at: ['spec', 'data'], encoded: true },
  // https://developer.hashicorp.com/vault/docs/deploy/kubernetes/vso
  {
    group: 'secrets.hashicorp.com',
    kind: /^Vault(?:Static|Dynamic|PKI)Secret$/,
    at: 'spec.destination.transformation.templates.*.text'.split('.'),
    isTemplate: true,
  },
  // https://carvel.dev/secretgen-controller
  {
    group: 'secretgen.carvel.dev',
    kind: /^SecretTemplate$/,
    at: 'spec.template.stringData'.split('.'),
    isTemplate: true,
  },
];

/** The literals of one object: what its kind makes a Secret of, or what logs in by it. */
export function operatorLiterals<N>(tree: TextTree<N>, object: N, path: Literal<N>['path']): Literal<N>[] {
  const field = (name: string) => tree.text(tree.field(object, name)) ?? '';
  const [kind, apiVersion] = [field('kind'), field('apiVersion')];
  const name = tree.text(tree.field(tree.field(object, 'metadata'), 'name')) ?? '';
  const within = [kind, name].filter(Boolean).join(' ');
  const makers = MAKERS.filter((one) => one.kind.test(kind) && apiVersion.split('/')[0] === one.group);
  return [
    ...makers.flatMap(({ at, encoded = false, isTemplate = false }) =>
      below(tree, { node: object, path }, at).map((leaf) => ({ ...leaf, within, encoded, isTemplate })),
    ),
    ...(kind === 'Config' ? logins(tree, { node: object, path }, KUBECONFIG) : []),
    ...logins(tree, { node: object, path }, DOCKER_CONFIG),
    ...(apiVersion.startsWith('kyverno.io/') ? generated(tree, { node: object, path }, within) : []),
  ];
}

/** A place in a document. */
interface Place<N> {
  readonly node: N;
  readonly path: readonly (string | number)[];
}

type Leaf<N> = Pick<Literal<N>, 'key' | 'node' | 'path'>;

/** https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/#AuthInfo */
const KUBECONFIG = { at: ['users', '*', 'user'], within: 'A kubeconfig' };
/** https://docs.docker.com/reference/cli/docker/login/ */
const DOCKER_CONFIG = { at: ['auths', '*'], within: 'A configuration of registries' };

const LOGINS =
  /^(?:token|password|client-key-data|auth|identitytoken|registrytoken|(?:access|refresh|id)-token|client-secret)$/;

function logins<N>(tree: TextTree<N>, from: Place<N>, { at, within }: typeof KUBECONFIG): Literal<N>[] {
  return below(tree, from, at)
    .filter(({ key }) => LOGINS.test(key))
    .map((leaf) => ({
      ...leaf,
      within,
      encoded: /^(?:auth|client-key-data)$/.test(leaf.key),
      isTemplate: false,
    }));
}

/** What rules of Kyverno write into Secrets, where that is not a whole one. https://kyverno.io/docs/policy-types/ */
function generated<N>(tree: TextTree<N>, from: Place<N>, within: string): Literal<N>[] {
  return reached(tree, from, ['spec', 'rules', '*']).flatMap((rule) => {
    const made = reached(tree, rule, ['generate']).concat(reached(tree, rule, ['generate', 'foreach', '*']));
    const data = made
      .filter(({ node }) => isSecret(tree.text(tree.field(node, 'kind')), 'v1'))
      .flatMap((one) => reached(tree, one, ['data']))
      // A whole Secret is found as that.
      .filter(({ node }) => !isSecret(tree.text(tree.field(node, 'kind')), undefined));
    const merges = [['mutate'], ['mutate', 'foreach', '*']].flatMap((at) =>
      reached(tree, rule, [...at, 'patchStrategicMerge']),
    );
    const ofSecrets = reached(tree, rule, ['match', '*', '*', 'resources', 'kinds', '*'])
      .concat(reached(tree, rule, ['match', 'resources', 'kinds', '*']))
      .concat(reached(tree, rule, ['mutate', 'targets', '*', 'kind']))
      .some(({ node }) => /(?:^|\/)Secret$/.test(tree.text(node) ?? ''));
    return [...data, ...merges].flatMap((one) =>
      [
        ...below(tree, one, ['stringData']),
        ...(data.includes(one) || ofSecrets ? below(tree, one, ['data']) : []),
      ].map((leaf) => ({
        ...leaf,
        within,
        encoded: leaf.path.at(-2) === 'data',
        isTemplate: false,
      })),
    );
  });
}

/** The texts below a path, each with its nearest name. */
function below<N>(tree: TextTree<N>, from: Place<N>, at: readonly string[]): Leaf<N>[] {
  return reached(tree, from, at).flatMap((place) => leaves(tree, place, ''));
}

function leaves<N>(tree: TextTree<N>, { node, path }: Place<N>, name: string): Leaf<N>[] {
  if (tree.text(node) !== undefined) {
    const last = path.findLast((step) => typeof step === 'string') ?? '';
    return [{ key: name === '' ? String(last) : name, node, path }];
  }
  // Documents are not nested deeper than their reader allows.
  return children(tree, { node, path }).flatMap((child) =>
    leaves(tree, child, String(child.path.findLast((step) => typeof step === 'string') ?? '')),
  );
}

function reached<N>(tree: TextTree<N>, from: Place<N>, at: readonly string[]): Place<N>[] {
  return at.reduce<Place<N>[]>(
    (places, step) =>
      places.flatMap((place) => {
        if (step === '*') return children(tree, place);
        const node = tree.field(place.node, step);
        return node === undefined ? [] : [{ node, path: [...place.path, step] }];
      }),
    [from],
  );
}

function children<N>(tree: TextTree<N>, { node, path }: Place<N>): Place<N>[] {
  return [
    ...tree.items(node).map((item, index) => ({ node: item, path: [...path, index] })),
    ...tree.entries(node).map(({ key, value }) => ({ node: value, path: [...path, key] })),
  ];
}
