/** The numbers of a Kubernetes version as Argo CD reads it; undefined where it is none. */
export function kubeVersionNumbers(version: string): string | undefined {
  // As k8s.io/apimachinery's ParseGeneric: what follows the numbers is left out.
  return /^\s*v?(\d+(?:\.\d+)+)/.exec(version)?.[1];
}
