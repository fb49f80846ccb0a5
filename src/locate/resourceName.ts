/** A resource as kustomize's errors name it. */
export interface ResourceName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
}

/** `Deployment.v1.apps/web.prod`, with `[noVer]`, `[noGrp]` and `[noNs]` for what is not given. */
const PATTERN = /^([^./]+)\.(\[noVer\]|[^./]+)\.(\[noGrp\]|[^/]+)\/(.+)\.(\[noNs\]|[^./]+)$/;

/** Null where the text is no such name. */
export function readResourceName(text: string): ResourceName | null {
  const [, kind, version, group, name, namespace] = PATTERN.exec(text) ?? [];
  if (kind === undefined || version === undefined || name === undefined) return null;
  const given = version === '[noVer]' ? '' : version;
  return {
    apiVersion: group === '[noGrp]' ? given : `${group}/${given}`,
    kind,
    namespace: namespace === undefined || namespace === '[noNs]' ? null : namespace,
    name,
  };
}
