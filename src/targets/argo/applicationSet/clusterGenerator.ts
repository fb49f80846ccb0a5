import { flagAt, objectAt } from '../../../model/fields.ts';
import type { ManifestObject } from '../../../model/manifest.ts';
import type { ClusterSettings } from '../../../model/settings.ts';
import { IN_CLUSTER, isInCluster } from '../destination.ts';
import { type Declared, type GeneratorContext, NotGenerated, type Parameters } from './generatorContext.ts';
import { sanitizeName } from './sanitizeName.ts';
import { labelSelector } from './selector.ts';
import { textMap } from './textMap.ts';
import { valueParameters, withValues } from './withValues.ts';

/**
 * The clusters that the settings list, as Argo CD's cluster Secrets would be.
 * @see https://github.com/argoproj/argo-cd/blob/master/applicationset/generators/cluster.go
 */
export async function clusterGenerator(
  declared: Declared<ManifestObject>,
  context: GeneratorContext,
): Promise<Parameters[]> {
  const { clusters } = context.follow.settings;
  if (clusters.length === 0) {
    throw new NotGenerated(
      'its cluster generator takes the clusters that Argo CD knows; list them in `clusters` of .hydrant.yaml to have them used',
    );
  }
  const { value, fieldPath } = declared;
  const selector = objectAt(value, ['selector']) ?? {};
  const selects = labelSelector({ value: selector, fieldPath: [...fieldPath, 'selector'] });
  const matching = clusters.filter((cluster) => selects(labelsOf(cluster)));
  const all = matching.map((cluster) => parametersOf(cluster, context));
  // The cluster that Argo CD runs in has no Secret, so no labels, unless it is registered as any other.
  const selective = Object.keys(selector).some(
    (field) => Object.keys(objectAt(selector, [field]) ?? selector[field] ?? {}).length > 0,
  );
  if (!selective && !clusters.some((cluster) => isHosting(cluster, context))) {
    const { name, server } = IN_CLUSTER;
    all.push({ name, nameNormalized: name, server, project: '' });
  }
  const parameters = await withValues(declared, all, context);
  return flagAt(value, ['flatList']) ? [{ clusters: parameters.map((one) => ({ ...one })) }] : parameters;
}

/** Argo CD finds its cluster Secrets by this label. */
function labelsOf({ labels }: ClusterSettings): Record<string, string> {
  return { ...labels, 'argocd.argoproj.io/secret-type': 'cluster' };
}

function parametersOf(cluster: ClusterSettings, context: GeneratorContext): Parameters {
  const { name, annotations } = cluster;
  const labels = labelsOf(cluster);
  const own = {
    name,
    nameNormalized: sanitizeName(name),
    // A server that the settings do not know is named so that its name is found again.
    server: cluster.server ?? `https://${name}`,
    project: '',
    ...valueParameters(cluster.values, context),
  };
  if (context.goTemplate) {
    const hasAnnotations = Object.keys(annotations).length > 0;
    const texts = hasAnnotations ? { annotations: textMap(annotations) } : {};
    return { ...own, metadata: { ...texts, labels: textMap(labels) } };
  }
  const named = (prefix: string, texts: Readonly<Record<string, string>>) =>
    Object.entries(texts).map(([key, text]) => [`metadata.${prefix}.${key}`, text]);
  return {
    ...own,
    ...Object.fromEntries([...named('annotations', annotations), ...named('labels', labels)]),
  };
}

function isHosting({ name, server }: ClusterSettings, { set }: GeneratorContext): boolean {
  return name === IN_CLUSTER.name || name === set.cluster || (server !== undefined && isInCluster(server));
}
