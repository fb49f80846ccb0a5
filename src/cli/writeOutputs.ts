import { writeFile } from 'node:fs/promises';
import { bytesText } from '../isolation/amounts.ts';
import type { Review } from '../model/review.ts';
import { REPORT_FORMATS } from '../report/formats.ts';
import { docsUrl } from '../settings/docsUrl.ts';
import { packageVersion } from '../settings/packageVersion.ts';
import { rulePagesAt } from '../settings/rulePagesAt.ts';
import { commandLimits } from './commandLimits.ts';
import type { Output } from './outputs.ts';
import { type ColorWhen, wantsColor } from './wantsColor.ts';

/** How a review is written, and where to. */
export interface Writing {
  readonly outputs: readonly Output[];
  readonly color: ColorWhen;
  /** Existing findings one by one. */
  readonly all?: boolean;
}

/**
 * Prints a review, and writes it to files, in all formats that were asked for. A file has colours only where
 * `always` asks for them.
 * @throws {Error} that names the file which cannot be written.
 */
export async function writeOutputs(review: Review, { outputs, color, all = false }: Writing): Promise<void> {
  const facts = { all, rulePages: rulePagesAt(docsUrl(process.env)), version: packageVersion() };
  const terminal = { env: process.env, isTTY: process.stdout.isTTY };
  for (const { format, file } of outputs) {
    const isColored = file === undefined ? wantsColor(color, terminal) : color === 'always';
    const text = REPORT_FORMATS[format](review, { ...facts, color: isColored });
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
