import { Kind } from '../../model/kinds.ts';
import { textAt, valueAt } from '../../model/manifest.ts';
import { describeResource, nameOnly, type ResourceName } from '../../model/resource.ts';
import { table } from '../../model/table.ts';
import { type ChangedPair, type Danger, dangerOf } from './danger.ts';

const REQUEST = Kind.PersistentVolumeClaim('spec', 'resources', 'requests', 'storage');

/** A PersistentVolumeClaim that asks for less than before: volumes grow, and never shrink. */
export function shrunkClaims(pair: ChangedPair): Danger[] {
  const { base, head } = pair;
  if (head.group !== '' || head.kind !== 'PersistentVolumeClaim') return [];
  const [before, after] = [base, head].map(({ manifest }) => bytesOf(valueAt(manifest, REQUEST)));
  if (before === undefined || after === undefined || before === null || after === null || after >= before)
    return [];
  const [from, to] = [base, head].map(({ manifest }) => textAt(manifest, REQUEST));
  const about = { ...nameOnly(head), from: from ?? '', to: to ?? '' };
  return [dangerOf(pair, { rule: 'immutable-field', message: shrinks(about), about, fieldPath: REQUEST })];
}

function shrinks(about: ResourceName & { readonly from: string; readonly to: string }): string {
  return `a volume cannot shrink from ${about.from} to ${about.to}: the API server refuses the change, and the sync fails until ${describeResource(about)} is deleted, with its data`;
}

const FACTORS = table<number>({
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
});

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
function bytesOf(value: unknown): number | null {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return null;
  const { number, suffix = '' } =
    /^\s*(?<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?<suffix>[numkMGTPE]i?)?\s*$/.exec(text)
      ?.groups ?? {};
  const factor = suffix === '' ? 1 : FACTORS[suffix];
  return number === undefined || factor === undefined ? null : Number(number) * factor;
}
