// Go's fmt.Sprintf for what Rego passes to it: texts, whole numbers and others. Lists,
// objects, sets, booleans and null come as the text that OPA writes for them. What it lacks is
// `%x` and `%b` of fractions.
// https://pkg.go.dev/fmt

const DIRECTIVE =
  /%(?<flags>[-+# 0]*)(?:\[(?<before>\d+)\])?(?<width>\*|\d+)?(?<precision>\.(?:\*|\d+)?)?(?:\[(?<after>\d+)\])?(?<verb>[\s\S]?)/gu;

/**
 * @param {string} format
 * @param {unknown[]} args
 * @param {string[]} texts what OPA writes for each argument
 */
export function sprintf(format, args, texts) {
  if (!Array.isArray(args)) return undefined;
  const operands = new Operands(args.map((value, index) => typed(value, texts[index] ?? '')));
  // Named groups come last.
  const result = format.replaceAll(DIRECTIVE, (...match) => write(match.at(-1), operands));
  return result + operands.extra();
}

/** The arguments, taken one after the other. */
class Operands {
  #values;
  #next = 0;
  #reordered = false;

  constructor(values) {
    this.#values = values;
  }

  take() {
    return this.#values[this.#next++];
  }

  /** A width or precision: digits, or the next argument for `*`. */
  number(text) {
    if (text !== '*') return text === undefined ? undefined : Number(text);
    const { type, value } = this.take() ?? {};
    return type === 'int64' ? value : undefined;
  }

  /** `[2]`: false where there is no such argument. */
  jumpTo(position) {
    this.#reordered = true;
    this.#next = Number(position) - 1;
    return this.#next >= 0 && this.#next < this.#values.length;
  }

  extra() {
    const left = this.#reordered ? [] : this.#values.slice(this.#next);
    if (left.length === 0) return '';
    const texts = left.map((argument) => `${argument.type}=${directive(argument, { verb: 'v', flags: '' })}`);
    return `%!(EXTRA ${texts.join(', ')})`;
  }
}

function write({ flags, before, width, precision, after, verb }, operands) {
  const options = {
    verb,
    flags,
    width: operands.number(width),
    precision: operands.number(precision === '.' ? '0' : precision?.slice(1)),
  };
  if (verb === '') return '%!(NOVERB)';
  if (verb === '%') return '%';
  const position = before ?? after;
  if (position !== undefined && !operands.jumpTo(position)) return `%!${verb}(BADINDEX)`;
  const argument = operands.take();
  return argument === undefined ? `%!${verb}(MISSING)` : directive(argument, options);
}

function typed(value, text) {
  if (typeof value === 'string') return { type: 'string', value };
  if (typeof value !== 'number') return { type: 'string', value: text };
  return { type: Number.isInteger(value) ? 'int64' : 'float64', value };
}

function directive(argument, options) {
  const { type, value } = argument;
  const { verb } = options;
  if (verb === 'T') return pad(type, { ...options, precision: undefined });
  const formats = { string: ofText, int64: ofInteger, float64: ofFloat }[type];
  return formats(value, options) ?? `%!${verb}(${type}=${formats(value, { ...options, verb: 'v' })})`;
}

function ofText(text, { verb, precision, ...options }) {
  const cut = precision === undefined ? text : [...text].slice(0, precision).join('');
  if (verb === 's' || verb === 'v')
    return pad(options.flags.includes('#') && verb === 'v' ? quote(cut) : cut, options);
  if (verb === 'q') return pad(quote(cut), options);
  if (verb !== 'x' && verb !== 'X') return undefined;
  const digits = Buffer.from(text, 'utf8').subarray(0, precision).toString('hex');
  const hex = options.flags.includes('#') && digits !== '' ? `0x${digits}` : digits;
  return pad(verb === 'X' ? hex.toUpperCase() : hex, options);
}

const BASES = { v: 10, d: 10, x: 16, X: 16, o: 8, b: 2, O: 8 };
const PREFIXES = { x: '0x', X: '0X', o: '0', b: '0b' };

function ofInteger(value, { verb, precision, flags, width }) {
  if (verb === 'c' || verb === 'q') {
    const character = value >= 0 && value <= 0x10ffff ? String.fromCodePoint(value) : '\ufffd';
    return pad(verb === 'c' ? character : quoteCharacter(character), { flags, width });
  }
  if (verb === 'U') return pad(`U+${value.toString(16).toUpperCase().padStart(4, '0')}`, { flags, width });
  const base = BASES[verb];
  if (base === undefined) return undefined;
  const digits = BigInt(Math.abs(value))
    .toString(base)
    .padStart(precision ?? 0, '0');
  const prefix = verb === 'O' ? '0o' : flags.includes('#') ? (PREFIXES[verb] ?? '') : '';
  const body = prefix + (verb === 'X' ? digits.toUpperCase() : digits);
  return signed(value < 0, body, {
    flags: precision === undefined ? flags : flags.replaceAll('0', ''),
    width,
  });
}

function ofFloat(value, { verb, precision, flags, width }) {
  const text = floatText(Math.abs(value), verb, precision);
  return text === undefined ? undefined : signed(value < 0 || Object.is(value, -0), text, { flags, width });
}

function floatText(value, verb, precision) {
  if (verb === 'f' || verb === 'F') return fixed(value, precision ?? 6);
  if (verb === 'e' || verb === 'E') return exponent(scientific(value, precision ?? 6), verb);
  if (verb === 'v' || verb === 'g') return general(value, precision, 'e');
  return verb === 'G' ? general(value, precision, 'E') : undefined;
}

/** %g: as few digits as tell the number, with an exponent where it is below -4 or large. */
function general(value, precision, letter) {
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

function fixed(value, digits) {
  return rounded(digits, (count) => value.toFixed(count));
}

function scientific(value, digits) {
  const power = value.toExponential().split('e')[1];
  const mantissa = rounded(digits, (count) => {
    const [written, itsPower] = value.toExponential(count).split('e');
    // 9.96 with one digit is 1.0e1: said as 10.0, so that both can be compared.
    return itsPower === power ? written : written.replace('1', '10');
  });
  return mantissa.startsWith('10') ? value.toExponential(digits) : `${mantissa}e${power}`;
}

/** Of two numbers that are as near, Go takes the one with the even last digit, JavaScript the larger one. */
function rounded(digits, write) {
  if (digits >= MOST_DIGITS) return write(MOST_DIGITS) + '0'.repeat(digits - MOST_DIGITS);
  const [all, oneMore] = [write(MOST_DIGITS), write(digits + 1)];
  const tie = oneMore.endsWith('5') && all.replace(/0+$/, '') === oneMore;
  const down = oneMore.slice(0, -1).replace(/\.$/, '');
  return tie && '02468'.includes(down.at(-1) ?? '') ? down : write(digits);
}

function exponent(text, letter) {
  return text.replace(
    /e([+-]?)(\d+)$/,
    (_, sign, digits) => `${letter}${sign || '+'}${digits.padStart(2, '0')}`,
  );
}

function signed(negative, body, { flags, width }) {
  const sign = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  if (!flags.includes('0') || flags.includes('-')) return pad(sign + body, { flags, width });
  return sign + body.padStart((width ?? 0) - sign.length, '0');
}

function pad(text, { flags, width = 0 }) {
  const missing = Math.abs(width) - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes('-') || width < 0) return text + ' '.repeat(missing);
  return (flags.includes('0') ? '0' : ' ').repeat(missing) + text;
}

const ESCAPES = {
  '"': '\\"',
  '\\': '\\\\',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** https://pkg.go.dev/strconv#Quote */
function quote(text) {
  const escaped = text.replaceAll(
    /["\\]|[^\P{C}]|[\u2028\u2029]|[^\P{Z} ]/gu,
    (character) => ESCAPES[character] ?? escapeCode(character),
  );
  return `"${escaped}"`;
}

function quoteCharacter(character) {
  if (character === '"') return `'"'`;
  return character === "'" ? `'\\''` : `'${quote(character).slice(1, -1)}'`;
}

function escapeCode(character) {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`;
}
