import { InvalidArgumentError } from 'commander';
import { REPORT_FORMAT_NAMES, type ReportFormat } from '../report/formatNames.ts';

/** A format, and the file that it is written to; without one it is printed. */
export interface Output {
  readonly format: ReportFormat;
  readonly file?: string;
}

/** Reads one `--format NAME[=FILE]` and puts it behind those that were read before. */
export function addFormat(text: string, before: readonly Output[] = []): Output[] {
  const [name = '', ...rest] = text.split('=');
  const format = REPORT_FORMAT_NAMES.find((known) => known === name);
  if (format === undefined)
    throw new InvalidArgumentError(`Allowed choices are ${REPORT_FORMAT_NAMES.join(', ')}.`);
  if (rest.length === 0) return [...before, { format }];
  const file = rest.join('=');
  if (file === '') throw new InvalidArgumentError(`It names no file after ${name}=.`);
  return [...before, { format, file }];
}

/**
 * Where a review goes: `text` on standard output unless formats are named.
 * @param formats.output the file of the format that names none of its own.
 * @throws {Error} where two would be written to one place, or none to the file.
 */
export function outputsOf(formats: {
  readonly format?: readonly Output[];
  readonly output?: string;
}): readonly Output[] {
  const { format = [{ format: 'text' }], output } = formats;
  if (output !== undefined && format.every(({ file }) => file !== undefined)) {
    throw new Error(`--output ${output} has nothing to hold: each --format names a file of its own`);
  }
  const placed = format.map((one) => (output === undefined ? one : { file: output, ...one }));
  const places = placed.map(({ file }) => file);
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice !== undefined) throw new Error(`two formats would be written to ${twice}: give each a file`);
  if (places.filter((place) => place === undefined).length > 1)
    throw new Error('two formats would be printed: give all but one a file, as in --format sarif=FILE');
  return placed;
}
