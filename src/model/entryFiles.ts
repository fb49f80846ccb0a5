/**
 * The names of a kustomization file, in kustomize's own order.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/master/api/konfig/general.go (RecognizedKustomizationFileNames)
 */
export const KUSTOMIZATION_FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** The file that makes a folder a chart. */
export const CHART_FILE = 'Chart.yaml';
