/** An optional sign, digits with an optional point, and a suffix: decimal, binary or an exponent. */
const QUANTITY = /^[+-]?[0-9]*(?:\.[0-9]*)?(?:[numkMGTPE]|[KMGTPE]i|[eE](?<exponent>[+-]?[0-9]+))?$/;

const LOWEST_INT64 = -(2n ** 63n);

/**
 * True for what the API server reads as a `resource.Quantity`: a number, or text such as
 * `500m`, `1.5Gi`, `1e3`, `.5`; blanks around it are ignored.
 *
 * The notation is described at
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ . Its
 * parser (`resource.ParseQuantity` of k8s.io/apimachinery) takes a number that is not
 * written for 0, so `Gi` passes here as it passes there.
 */
export function isQuantity(value: unknown): boolean {
  if (typeof value === 'number') return isQuantityText(String(value));
  return typeof value === 'string' && isQuantityText(value.trim());
}

function isQuantityText(text: string): boolean {
  const match = QUANTITY.exec(text);
  if (text === '' || match === null) return false;
  const exponent = match.groups?.exponent;
  if (exponent === undefined) return true;
  const power = BigInt(exponent.replace('+', ''));
  return power >= LOWEST_INT64 && power < -LOWEST_INT64;
}
