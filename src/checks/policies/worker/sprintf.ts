// Go's fmt.Sprintf for what Rego passes to it: texts, whole numbers and others. Lists,
// objects, sets, booleans and null come as the text that OPA writes for them. What it lacks is
// `%x` and `%b` of fractions.
// https://pkg.go.dev/fmt

import { table } from '../../../model/table.ts';
import { floatText } from './floatText.ts';
import { quote, quoteCharacter } from './quote.ts';
import { regoText } from './regoValue.ts';

const DIRECTIVE =
  /%(?<flags>[-+# 0]*)(?:\[(?<before>\d+)\])?(?<width>\*|\d+)?(?<precision>\.(?:\*|\d+)?)?(?:\[(?<after>\d+)\])?(?<verb>[\s\S]?)/gu;

/** What stands between `%` and its verb, and the verb. */
interface Options {
  readonly verb: string;
  readonly flags: string;
  readonly width?: number | undefined;
  readonly precision?: number | undefined;
}

type Operand =
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'int64' | 'float64'; readonly value: number };

/**
 * The format with its arguments.
 * @param listed what WebAssembly writes for a list of each argument alone
 */
export function sprintf(
  format: string,
  args: readonly unknown[],
  listed: readonly string[],
): string | undefined {
  if (!Array.isArray(args)) return undefined;
  const operands = new Operands(args.map((value, index) => typed(value, listed[index] ?? '[]')));
  // Named groups come last.
  const result = format.replaceAll(DIRECTIVE, (...match) => {
    const groups: Groups = match.at(-1);
    return write(groups, operands);
  });
  return result + operands.extra();
}

/** The arguments, taken one after the other. */
class Operands {
  readonly #values: readonly Operand[];
  #next = 0;
  #reordered = false;

  constructor(values: readonly Operand[]) {
    this.#values = values;
  }

  take(): Operand | undefined {
    return this.#values[this.#next++];
  }

  /** A width or precision: digits, or the next argument for `*`. */
  number(text: string | undefined): number | undefined {
    if (text !== '*') return text === undefined ? undefined : Number(text);
    const operand = this.take();
    return operand?.type === 'int64' ? operand.value : undefined;
  }

  /** `[2]`: false where there is no such argument. */
  jumpTo(position: string): boolean {
    this.#reordered = true;
    this.#next = Number(position) - 1;
    return this.#next >= 0 && this.#next < this.#values.length;
  }

  extra(): string {
    const left = this.#reordered ? [] : this.#values.slice(this.#next);
    if (left.length === 0) return '';
    const texts = left.map((argument) => `${argument.type}=${directive(argument, { verb: 'v', flags: '' })}`);
    return `%!(EXTRA ${texts.join(', ')})`;
  }
}

/** The groups of `DIRECTIVE`. */
interface Groups {
  readonly flags: string;
  readonly before?: string;
  readonly width?: string;
  readonly precision?: string;
  readonly after?: string;
  readonly verb: string;
}

function write({ flags, before, width, precision, after, verb }: Groups, operands: Operands): string {
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

function typed(value: unknown, listed: string): Operand {
  if (typeof value === 'string') return { type: 'string', value };
  if (typeof value !== 'number') return { type: 'string', value: regoText(listed) };
  return { type: Number.isInteger(value) ? 'int64' : 'float64', value };
}

function directive(argument: Operand, options: Options): string {
  const { type } = argument;
  const { verb } = options;
  if (verb === 'T') return pad(type, options);
  return written(argument, options) ?? `%!${verb}(${type}=${written(argument, { ...options, verb: 'v' })})`;
}

/** Undefined where the verb is for others. */
function written({ type, value }: Operand, options: Options): string | undefined {
  if (type === 'string') return ofText(value, options);
  return type === 'int64' ? ofInteger(value, options) : ofFloat(value, options);
}

function ofText(text: string, { verb, precision, ...options }: Options): string | undefined {
  const cut = precision === undefined ? text : Array.from(text).slice(0, precision).join('');
  if (verb === 's' || verb === 'v')
    return pad(options.flags.includes('#') && verb === 'v' ? quote(cut) : cut, options);
  if (verb === 'q') return pad(quote(cut), options);
  if (verb !== 'x' && verb !== 'X') return undefined;
  const digits = Buffer.from(text, 'utf8').subarray(0, precision).toString('hex');
  const hex = options.flags.includes('#') && digits !== '' ? `0x${digits}` : digits;
  return pad(verb === 'X' ? hex.toUpperCase() : hex, options);
}

const BASES = table<number>({ v: 10, d: 10, x: 16, X: 16, o: 8, b: 2, O: 8 });
const PREFIXES = table<string>({ x: '0x', X: '0X', o: '0', b: '0b' });

function ofInteger(value: number, { verb, precision, flags, width }: Options): string | undefined {
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

function ofFloat(value: number, { verb, precision, flags, width }: Options): string | undefined {
  const text = floatText(Math.abs(value), verb, precision);
  return text === undefined ? undefined : signed(value < 0 || Object.is(value, -0), text, { flags, width });
}

/** How wide a text gets, and how it is filled up. */
type Padding = Pick<Options, 'flags' | 'width'>;

function signed(negative: boolean, body: string, { flags, width }: Padding): string {
  const sign = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  if (!flags.includes('0') || flags.includes('-')) return pad(sign + body, { flags, width });
  return sign + body.padStart((width ?? 0) - sign.length, '0');
}

function pad(text: string, { flags, width = 0 }: Padding): string {
  const missing = Math.abs(width) - Array.from(text).length;
  if (missing <= 0) return text;
  if (flags.includes('-') || width < 0) return text + ' '.repeat(missing);
  return (flags.includes('0') ? '0' : ' ').repeat(missing) + text;
}
