/**
 * A number as a verb of Go's fmt writes fractions, without its sign; undefined where the verb
 * is for others.
 * @param precision undefined: as many digits as the verb takes by itself.
 */
export function floatText(value: number, verb: string, precision: number | undefined): string | undefined {
  if (verb === 'f' || verb === 'F') return fixed(value, precision ?? 6);
  if (verb === 'e' || verb === 'E') return exponent(scientific(value, precision ?? 6), verb);
  if (verb === 'v' || verb === 'g') return general(value, precision, 'e');
  return verb === 'G' ? general(value, precision, 'E') : undefined;
}

/** %g: as few digits as tell the number, with an exponent where it is below -4 or large. */
function general(value: number, precision: number | undefined, letter: string): string {
  const digits = precision === undefined ? undefined : Math.max(precision, 1);
  const written = digits === undefined ? value.toExponential() : scientific(value, digits - 1);
  const [mantissa = '', power = '0'] = written.split('e');
  const least = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  const count = least.replaceAll(/[-.]/g, '').length;
  const limit = digits === undefined ? 6 : digits > count && count >= Number(power) + 1 ? count : digits;
  if (Number(power) < -4 || Number(power) >= limit) return exponent(`${least}e${power}`, letter);
  return Number(written).toFixed(Math.max(0, count - 1 - Number(power)));
}

/** The most fraction digits that JavaScript writes; more than enough to tell a tie. */
const MOST_DIGITS = 100;

function fixed(value: number, digits: number): string {
  return rounded(digits, (count) => value.toFixed(count));
}

function scientific(value: number, digits: number): string {
  const power = value.toExponential().split('e')[1];
  const mantissa = rounded(digits, (count) => {
    const [written = '', itsPower] = value.toExponential(count).split('e');
    // 9.96 with one digit is 1.0e1: said as 10.0, so that both can be compared.
    return itsPower === power ? written : written.replace('1', '10');
  });
  return mantissa.startsWith('10') ? value.toExponential(digits) : `${mantissa}e${power}`;
}

/** Of two numbers that are as near, Go takes the one with the even last digit, JavaScript the larger one. */
function rounded(digits: number, write: (digits: number) => string): string {
  if (digits >= MOST_DIGITS) return write(MOST_DIGITS) + '0'.repeat(digits - MOST_DIGITS);
  const [all, oneMore] = [write(MOST_DIGITS), write(digits + 1)];
  const tie = oneMore.endsWith('5') && all.replace(/0+$/, '') === oneMore;
  const down = oneMore.slice(0, -1).replace(/\.$/, '');
  return tie && '02468'.includes(down.at(-1) ?? '') ? down : write(digits);
}

function exponent(text: string, letter: string): string {
  return text.replace(
    /e([+-]?)(\d+)$/,
    (_, sign: string, digits: string) => `${letter}${sign || '+'}${digits.padStart(2, '0')}`,
  );
}
