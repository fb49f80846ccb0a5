import { type Danger, findDangers } from '../../../src/checks/danger/findDangers.ts';
import { ANY_HEEDED, type Heeded } from '../../../src/model/heeded.ts';
import { formatFieldPath } from '../../../src/model/manifest.ts';
import type { Fate } from '../../../src/model/removal.ts';
import { target } from '../../helpers/targets.ts';
import { resourceOf } from '../schemas/manifests.ts';

interface Operator {
  /** What becomes of a removed resource. */
  readonly fate?: Fate;
  /** The operator deletes and makes anew what it cannot patch. */
  readonly forced?: boolean;
  readonly heeds?: readonly Heeded[];
}

/** A resource named `web/web` with more fields, as lines of YAML. */
export function manifest(apiVersion: string, kind: string, fields = '', metadata = ''): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: web, namespace: web${metadata} }\n${fields}`;
}

/** The dangers of one resource that changes, or is removed where there is no head. */
export function dangers(base: string, head: string | null, operator: Operator = {}): string[] {
  const { fate = 'deleted', forced = false, heeds = ANY_HEEDED } = operator;
  const pair = {
    target: target(),
    base: resourceOf(base),
    head: head === null ? null : resourceOf(head),
  };
  const change = { target: pair.target, pairs: [pair], moves: [], fateOf: () => fate, forced, heeds };
  return findDangers(change).map(shown);
}

/** `rule field: message`. */
export function shown({ violation }: Danger): string {
  const { rule, severity, fieldPath, message } = violation;
  const field = fieldPath === null ? '-' : formatFieldPath(fieldPath);
  // All dangers are warnings; one that is not is to be seen.
  return `${severity === 'warning' ? '' : `${severity} `}${rule.replace(/^danger\//, '')} ${field}: ${message}`;
}
