import { clusterScopedBy } from '../model/clusterScoped.ts';
import type { FoundObject } from '../model/foundObject.ts';

/** Custom kinds that are cluster-scoped wherever they are installed, as `group/Kind`. */
const WELL_KNOWN = [
  'admissionregistration.k8s.io/MutatingAdmissionPolicy',
  'apiextensions.crossplane.io/CompositeResourceDefinition',
  'apiextensions.crossplane.io/Composition',
  'argoproj.io/ClusterAnalysisTemplate',
  'argoproj.io/ClusterWorkflowTemplate',
  'cert-manager.io/ClusterIssuer',
  'cilium.io/CiliumClusterwideNetworkPolicy',
  'crd.projectcalico.org/GlobalNetworkPolicy',
  'external-secrets.io/ClusterExternalSecret',
  'external-secrets.io/ClusterSecretStore',
  'gateway.networking.k8s.io/GatewayClass',
  'karpenter.k8s.aws/EC2NodeClass',
  'karpenter.sh/NodePool',
  'keda.sh/ClusterTriggerAuthentication',
  'kyverno.io/ClusterCleanupPolicy',
  'kyverno.io/ClusterPolicy',
  'operator.tigera.io/Installation',
  'pkg.crossplane.io/Function',
  'pkg.crossplane.io/Provider',
  'policies.kyverno.io/ImageValidatingPolicy',
  'policies.kyverno.io/ValidatingPolicy',
  'projectcalico.org/GlobalNetworkPolicy',
  'snapshot.storage.k8s.io/VolumeSnapshotClass',
  'templates.gatekeeper.sh/ConstraintTemplate',
  'trust.cert-manager.io/Bundle',
];

/**
 * The custom kinds that a target must not put into a namespace, as `group/Kind`: those that
 * are well known, and those that it renders and a definition among the objects says so of.
 * A definition of a kind that the target does not render is left out, so that adding one
 * changes no other target.
 */
export function clusterScopedKinds(objects: readonly FoundObject[], targetId: string): string[] {
  const declared = new Set(objects.flatMap(({ resource }) => clusterScopedBy(resource)));
  const rendered = objects.flatMap(({ resource: { group, kind }, place }) =>
    place.in === 'rendering' && isTarget(place.target.id, targetId) ? [`${group}/${kind}`] : [],
  );
  return [...new Set([...WELL_KNOWN, ...rendered.filter((kind) => declared.has(kind))])].toSorted();
}

/** Custom kinds that stand in no namespace, as `group/Kind`: well-known ones and those of definitions. */
export function customClusterScopedKinds(objects: readonly FoundObject[]): string[] {
  return [...WELL_KNOWN, ...objects.flatMap(({ resource }) => clusterScopedBy(resource))];
}

/** Targets of equal names are told apart by a note in brackets. */
function isTarget(id: string, wanted: string): boolean {
  return id === wanted || id.startsWith(`${wanted} (`);
}
