import { manifests } from './sources.mjs';

/** Projects that queue and run work: batch, training, applications. */
export const WORKLOAD_PROJECTS = [
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
    file: 'dapr',
    title: 'Dapr',
    sources: [manifests('github.com/dapr/dapr', 'v1.14.0', 'charts/dapr/crds/*.yaml')],
  },
];
