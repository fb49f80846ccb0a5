import { table } from '../../../model/table.ts';

// Kubernetes-like quantities as OPA reads them; numbers are JavaScript's.

const DECIMAL = table<number>({ k: 1e3, m: 1e6, g: 1e9, t: 1e12, p: 1e15, e: 1e18 });
const BINARY = table<number>({
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
  pi: 2 ** 50,
  ei: 2 ** 60,
});

/** `10Mi` in bytes, whole ones; letters of any case, with or without a final b. */
export function parseBytes(text: string): number | undefined {
  const { amount, unit } = quantity(text.toLowerCase());
  const factor = factorOf(unit.length > 1 ? unit.replace(/b$/, '') : unit);
  return amount === undefined || factor === undefined ? undefined : Math.trunc(amount * factor);
}

/** `100m` and `1.5Gi` as numbers; `m` is a thousandth and `M` a million. */
export function parseUnits(text: string): number | undefined {
  const { amount, unit } = quantity(text);
  const factor = unit === 'm' ? 1e-3 : factorOf(unit.toLowerCase());
  if (amount === undefined || factor === undefined) return undefined;
  return Number((amount * factor).toFixed(10));
}

function factorOf(unit: string): number | undefined {
  return unit === '' ? 1 : (DECIMAL[unit] ?? BINARY[unit]);
}

/** An `e` belongs to the number only where an exponent follows. */
function quantity(text: string): { amount: number | undefined; unit: string } {
  const bare = text.replaceAll('"', '');
  const number = /^(?:[\d.+-]|[eE](?=[\d+-])[+-]?)*/.exec(bare)?.[0] ?? '';
  const amount = number === '' || bare.includes(' ') ? Number.NaN : Number(number);
  return { amount: Number.isNaN(amount) ? undefined : amount, unit: bare.slice(number.length) };
}
