import { filledIn, manifests } from './sources.mjs';

/** Projects that queue, run and watch work: batch, pipelines, training, databases, applications. */
export const WORKLOAD_PROJECTS = [
  {
    file: 'tekton',
    title: 'Tekton Pipelines',
    // Its webhook writes a resource as its Go types do, with an empty text for a name that is missing:
    // `roundTripPatch` of https://github.com/knative/pkg/blob/main/webhook/resourcesemantics/defaulting/defaulting.go
    sources: [filledIn(manifests('github.com/tektoncd/pipeline', 'v1.0.0', 'config/300-crds/*.yaml'))],
  },
  {
    file: 'kueue',
    title: 'Kueue',
    sources: [manifests('sigs.k8s.io/kueue', 'v0.17.0', 'config/components/crd/bases/*.yaml')],
  },
  {
    file: 'kuberay',
    title: 'KubeRay',
    sources: [manifests('github.com/ray-project/kuberay/ray-operator', 'v1.5.0', 'config/crd/bases/*.yaml')],
  },
  {
    file: 'kubeflow',
    title: 'Kubeflow (Trainer, Training Operator)',
    sources: [
      manifests('github.com/kubeflow/trainer/v2', 'v2.0.0', 'manifests/base/crds/*_*.yaml'),
      manifests('github.com/kubeflow/training-operator', 'v1.8.1', 'manifests/base/crds/*_*.yaml'),
    ],
  },
  {
    file: 'jobset',
    title: 'JobSet',
    sources: [manifests('sigs.k8s.io/jobset', 'v0.8.2', 'config/components/crd/bases/*.yaml')],
  },
  {
    file: 'opentelemetry-operator',
    title: 'OpenTelemetry Operator',
    sources: [
      manifests('github.com/open-telemetry/opentelemetry-operator', 'v0.129.1', 'config/crd/bases/*.yaml'),
    ],
  },
  {
    file: 'longhorn',
    title: 'Longhorn',
    sources: [manifests('github.com/longhorn/longhorn-manager', 'v1.9.0', 'k8s/crds.yaml')],
  },
  {
    file: 'k8up',
    title: 'K8up',
    sources: [
      manifests('github.com/k8up-io/k8up/v2', 'v2.12.0', 'config/crd/apiextensions.k8s.io/v1/*.yaml'),
    ],
  },
  {
    file: 'zalando-postgres',
    title: "Zalando's Postgres Operator",
    sources: [
      manifests(
        'github.com/zalando/postgres-operator',
        'v1.14.0',
        'manifests/{operatorconfiguration,postgresql,postgresteam}.crd.yaml',
      ),
    ],
  },
  {
    file: 'dapr',
    title: 'Dapr',
    sources: [manifests('github.com/dapr/dapr', 'v1.14.0', 'charts/dapr/crds/*.yaml')],
  },
];
