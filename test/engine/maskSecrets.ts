import { isMap, isScalar, parseDocument } from 'yaml';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * What manifests are once the values of Secrets are replaced, told independently of the
 * engine: everything else stays as it is, to the byte.
 */
export function maskSecrets(manifests: string): string {
  return manifests
    .split(/^(?=---\n)/m)
    .map(maskDocument)
    .join('');
}

function maskDocument(text: string): string {
  const separator = text.startsWith('---\n') ? '---\n' : '';
  const document = text.slice(separator.length);
  const parsed = parseDocument(document);
  if (parsed.get('kind') !== 'Secret') return text;
  const values = ['data', 'stringData'].flatMap((name) => {
    const node = parsed.get(name);
    return isMap(node) ? node.items.map(({ value }) => value) : [];
  });
  const ranges = [...values, parsed.getIn(['metadata', 'annotations', LAST_APPLIED], true)]
    .map((node) => (isScalar(node) ? node.range : undefined))
    .filter((range) => range != null);
  // From the last one on, so that places before it stay true.
  const masked = ranges
    .toSorted((a, b) => b[0] - a[0])
    .reduce((rest, [start, end]) => {
      // A block scalar ends with the line break that is its value's.
      const lineBreak = rest.slice(start, end).endsWith('\n') ? '\n' : '';
      return `${rest.slice(0, start)}<redacted>${lineBreak}${rest.slice(end)}`;
    }, document);
  return separator + masked;
}
