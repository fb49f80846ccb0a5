import { createHash } from 'node:crypto';
import type { Finding } from '../model/finding.ts';
import { formatFieldPath } from '../model/manifest.ts';
import { apiVersionOf } from '../model/resource.ts';

/**
 * What GitHub knows each finding by from one run to the next, whatever line it has come to: its rule, file, resource and
 * field, and which of those that have all of these in common it is.
 * https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support#fingerprint-generation
 */
export function fingerprintsOf(findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const hash = hashOf(finding);
    const number = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, number);
    return `${hash}:${number}`;
  });
}

function hashOf({ rule, location, resource, fieldPath }: Finding): string {
  const facts = [
    rule,
    location?.path,
    resource && [apiVersionOf(resource), resource.kind, resource.namespace, resource.name],
    fieldPath && formatFieldPath(fieldPath),
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
}
