import { manifests } from './sources.mjs';

const CALICO = ['github.com/projectcalico/calico', 'v1.11.0-cni-plugin.0.20250813170300-a0db560f0520'];

/** Projects that route, guard and name what goes over the network. */
export const NETWORK_PROJECTS = [
  {
    file: 'gateway-api',
    title: 'Gateway API (experimental channel, which has all that the standard one has)',
    sources: [manifests('sigs.k8s.io/gateway-api', 'v1.7.0', 'config/crd/experimental/*_*.yaml')],
  },
  {
    file: 'istio',
    title: 'Istio',
    sources: [manifests('istio.io/api', 'v1.31.4', 'kubernetes/customresourcedefinitions.gen.yaml')],
  },
  {
    file: 'traefik',
    title: 'Traefik',
    sources: [
      manifests(
        'github.com/traefik/traefik/v3',
        'v3.7.13',
        'docs/content/reference/dynamic-configuration/traefik.io_*.yaml',
      ),
    ],
  },
  {
    file: 'metallb',
    title: 'MetalLB',
    sources: [manifests('go.universe.tf/metallb', 'v0.16.2', 'config/crd/bases/*.yaml')],
  },
  {
    file: 'cilium',
    title: 'Cilium',
    sources: [
      manifests('github.com/cilium/cilium', 'v1.20.2', 'pkg/k8s/apis/cilium.io/client/crds/*/*.yaml'),
    ],
  },
  {
    file: 'contour',
    title: 'Contour',
    sources: [manifests('github.com/projectcontour/contour', 'v1.33.8', 'examples/contour/01-crds.yaml')],
  },
  {
    file: 'calico',
    title: 'Calico (as its own datastore and the Tigera operator have it)',
    sources: [
      manifests(...CALICO, 'libcalico-go/config/crd/*.yaml'),
      manifests(...CALICO, 'charts/tigera-operator/crds/*.yaml'),
    ],
  },
  {
    file: 'network-policy-api',
    title: 'Network Policy API (experimental channel)',
    sources: [manifests('sigs.k8s.io/network-policy-api', 'v0.3.0', 'config/crd/experimental/*_*.yaml')],
  },
  {
    file: 'envoy-gateway',
    title: 'Envoy Gateway',
    sources: [
      manifests(
        'github.com/envoyproxy/gateway',
        'v1.9.1',
        'charts/gateway-helm/charts/crds/crds/generated/*.yaml',
      ),
    ],
  },
  {
    file: 'external-dns',
    title: 'ExternalDNS',
    sources: [manifests('sigs.k8s.io/external-dns', 'v0.23.0', 'config/crd/standard/*.yaml')],
  },
  {
    file: 'tailscale',
    title: 'Tailscale operator',
    sources: [manifests('tailscale.com', 'v1.104.7', 'cmd/k8s-operator/deploy/crds/*.yaml')],
  },
];
