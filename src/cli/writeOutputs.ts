import { writeFile } from 'node:fs/promises';
import { bytesText } from '../isolation/amounts.ts';
import type { Review } from '../model/review.ts';
import { REPORT_FORMATS } from '../report/formats.ts';
import { ruleNames } from '../settings/ruleNames.ts';
import { commandLimits } from './commandLimits.ts';
import type { Output } from './outputs.ts';
import { packageVersion } from './packageVersion.ts';

/**
 * Prints a review, and writes it to files, in all formats that were asked for.
 * @throws {Error} that names the file which cannot be written.
 */
export async function writeOutputs(
  review: Review,
  { outputs, color }: { readonly outputs: readonly Output[]; readonly color: boolean },
): Promise<void> {
  const facts = { builtInRules: ruleNames(), version: packageVersion() };
  for (const { format, file } of outputs) {
    const text = REPORT_FORMATS[format](review, { ...facts, color: color && file === undefined });
    if (file === undefined) process.stdout.write(text);
    else await write(file, text);
  }
}

async function write(file: string, text: string): Promise<void> {
  const { outputBytes } = commandLimits();
  if (Buffer.byteLength(text) > outputBytes)
    throw new Error(
      `${file} would get larger than ${bytesText(outputBytes)}; HYDRANT_REVIEW_OUTPUT allows more`,
    );
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new Error(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
