import type { IApplication } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application';
import type { IApplicationSet } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/ApplicationSet';
import type { IAppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject';
import type { IHelmRelease } from '@kubernetes-models/flux-cd/helm.toolkit.fluxcd.io/v2/HelmRelease';
import type { IImagePolicy } from '@kubernetes-models/flux-cd/image.toolkit.fluxcd.io/v1/ImagePolicy';
import type { IImageUpdateAutomation } from '@kubernetes-models/flux-cd/image.toolkit.fluxcd.io/v1/ImageUpdateAutomation';
import type { IKustomization } from '@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1/Kustomization';
import type { IBucket } from '@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1/Bucket';
import type { IGitRepository } from '@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1/GitRepository';
import type { IHelmChart } from '@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1/HelmChart';
import type { IHelmRepository } from '@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1/HelmRepository';
import type { IOCIRepository } from '@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1/OCIRepository';
import type { ICustomResourceDefinition } from 'kubernetes-models/apiextensions.k8s.io/v1/CustomResourceDefinition';
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { IStatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import type { IJob } from 'kubernetes-models/batch/v1/Job';
import type { IEndpointSlice } from 'kubernetes-models/discovery.k8s.io/v1/EndpointSlice';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import type { IIngressClass } from 'kubernetes-models/networking.k8s.io/v1/IngressClass';
import type { IRuntimeClass } from 'kubernetes-models/node.k8s.io/v1/RuntimeClass';
import type { IClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole';
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import type { IPriorityClass } from 'kubernetes-models/scheduling.k8s.io/v1/PriorityClass';
import type { IStorageClass } from 'kubernetes-models/storage.k8s.io/v1/StorageClass';
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { IPersistentVolume } from 'kubernetes-models/v1/PersistentVolume';
import type { IPersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import type { ISecret } from 'kubernetes-models/v1/Secret';
import type { IService } from 'kubernetes-models/v1/Service';
import { fieldsOf } from './fieldsOf.ts';

// With fields that the operators know, or have known, and the package does not.
type ApplicationSpec = IApplication['spec'];
type ApplicationSource = NonNullable<ApplicationSpec['source']> & {
  readonly directory?: { readonly disableExtensionFilter?: boolean };
};
type ApplicationHelm = NonNullable<ApplicationSource['helm']>;
type KustomizationSpec = NonNullable<IKustomization['spec']> & {
  readonly buildMetadata?: readonly string[];
  readonly patchesStrategicMerge?: readonly object[];
  readonly patchesJson6902?: readonly object[];
};
type ReleaseSpec = NonNullable<IHelmRelease['spec']> & { readonly postRenderStrategy?: string };
type ItemOf<T> = NonNullable<T> extends readonly (infer Item)[] ? Item : never;

/**
 * Paths into the kinds that the code reasons about, by the types of kubernetes-models.
 * `Kind.Application('spec', 'project')` is what `valueAt` takes. Kinds that nobody but one
 * operator's folder reads may stand there, as in src/targets/flux/fields.ts.
 */
export const Kind = {
  Application: fieldsOf<IApplication>(),
  /** Parts of an Application. */
  ApplicationSpec: fieldsOf<ApplicationSpec>(),
  ApplicationSource: fieldsOf<ApplicationSource>(),
  ApplicationHelm: fieldsOf<ApplicationHelm>(),
  ApplicationKustomize: fieldsOf<NonNullable<ApplicationSource['kustomize']>>(),
  HelmParameter: fieldsOf<ItemOf<ApplicationHelm['parameters']>>(),
  HelmFileParameter: fieldsOf<ItemOf<ApplicationHelm['fileParameters']>>(),
  IgnoreDifference: fieldsOf<ItemOf<ApplicationSpec['ignoreDifferences']>>(),
  ApplicationSet: fieldsOf<IApplicationSet>(),
  ApplicationSetSpec: fieldsOf<IApplicationSet['spec']>(),
  AppProject: fieldsOf<IAppProject>(),
  Bucket: fieldsOf<IBucket>(),
  GitRepository: fieldsOf<IGitRepository>(),
  GitInclude: fieldsOf<ItemOf<NonNullable<IGitRepository['spec']>['include']>>(),
  HelmChart: fieldsOf<IHelmChart>(),
  HelmRepository: fieldsOf<IHelmRepository>(),
  HelmRelease: fieldsOf<
    IHelmRelease & {
      readonly spec: {
        readonly chart?: { readonly spec?: { readonly valuesFile?: string } };
      };
    }
  >(),
  /** Parts of a HelmRelease. */
  ReleaseSpec: fieldsOf<ReleaseSpec>(),
  ReleaseUpgrade: fieldsOf<{ readonly chartNameChangeStrategy?: string }>(),
  PostRenderer: fieldsOf<ItemOf<ReleaseSpec['postRenderers']>>(),
  ValuesReference: fieldsOf<ItemOf<ReleaseSpec['valuesFrom']> & { readonly literal?: boolean }>(),
  ImagePolicy: fieldsOf<IImagePolicy>(),
  ImageUpdateAutomation: fieldsOf<IImageUpdateAutomation>(),
  Kustomization: fieldsOf<IKustomization>(),
  /** Parts of a Kustomization, some of which a HelmRelease has, too. */
  KustomizationSpec: fieldsOf<KustomizationSpec>(),
  KustomizeImage: fieldsOf<ItemOf<KustomizationSpec['images']>>(),
  KustomizePatch: fieldsOf<ItemOf<KustomizationSpec['patches']>>(),
  Dependency: fieldsOf<ItemOf<KustomizationSpec['dependsOn']>>(),
  HealthCheck: fieldsOf<ItemOf<KustomizationSpec['healthChecks']>>(),
  SubstituteReference: fieldsOf<ItemOf<NonNullable<KustomizationSpec['postBuild']>['substituteFrom']>>(),
  OCIRepository: fieldsOf<IOCIRepository>(),
  ConfigMap: fieldsOf<IConfigMap>(),
  CustomResourceDefinition: fieldsOf<ICustomResourceDefinition>(),
  Deployment: fieldsOf<IDeployment>(),
  EndpointSlice: fieldsOf<IEndpointSlice>(),
  Ingress: fieldsOf<IIngress>(),
  IngressClass: fieldsOf<IIngressClass>(),
  Job: fieldsOf<IJob>(),
  PersistentVolume: fieldsOf<IPersistentVolume>(),
  PersistentVolumeClaim: fieldsOf<IPersistentVolumeClaim>(),
  PriorityClass: fieldsOf<IPriorityClass>(),
  ClusterRole: fieldsOf<IClusterRole>(),
  RoleBinding: fieldsOf<IRoleBinding>(),
  RuntimeClass: fieldsOf<IRuntimeClass>(),
  Secret: fieldsOf<ISecret>(),
  Service: fieldsOf<IService>(),
  StatefulSet: fieldsOf<IStatefulSet>(),
  StorageClass: fieldsOf<IStorageClass>(),
} as const;
