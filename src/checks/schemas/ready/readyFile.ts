import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { packageFile } from '../../../model/packageFile.ts';

/** Where the build puts the texts of validators. */
export const READY_FOLDER = packageFile('dist/validators');

/** The texts of validators that the build made of one file of schemas. */
export interface ReadyTexts {
  /** The definitions and kinds that it has. */
  readonly names: readonly string[];
  /** Definitions of other files that these refer to. */
  readonly outside: readonly string[];
  /** The text for a definition, or undefined. */
  readonly text: (definition: string) => string | undefined;
}

interface Header {
  readonly madeOf: string;
  readonly outside: readonly string[];
  /** Where the packed text of each stands behind the header. */
  readonly places: Readonly<Record<string, readonly [number, number]>>;
}

/** Says of which schemas, and by which ajv, validators are. */
function madeOf(schemas: string): string {
  return createHash('sha256').update(`${ajvVersion()}\n`).update(schemas).digest('hex');
}

/**
 * What the build wrote, where it is of just these schemas and this ajv.
 * @returns null where it is of others, where it is torn, and where there is none.
 */
export function readReady(name: string, schemas: string, folder = READY_FOLDER): ReadyTexts | null {
  try {
    const bytes = readFileSync(fileOf(name, folder));
    const start = bytes.indexOf('\n') + 1;
    const header = JSON.parse(bytes.toString('utf8', 0, start)) as Header;
    if (header.madeOf !== madeOf(schemas)) return null;
    const { outside, places } = header;
    if (bytes.length !== start + Object.values(places).reduce((end, [, one]) => Math.max(end, one), 0))
      return null;
    const text = (definition: string): string | undefined => {
      const place = Object.hasOwn(places, definition) ? places[definition] : undefined;
      if (place === undefined) return undefined;
      return inflateRawSync(bytes.subarray(start + place[0], start + place[1])).toString();
    };
    return { names: Object.keys(places), outside, text };
  } catch {
    return null;
  }
}

/** Texts of validators, and the schemas that they were made of. */
export interface Made {
  readonly schemas: string;
  readonly texts: ReadonlyMap<string, string>;
  readonly outside: readonly string[];
}

/** Writes what {@link readReady} reads. */
export function writeReady(name: string, { schemas, texts, outside }: Made, folder = READY_FOLDER): void {
  let end = 0;
  const packed = [...texts].map(([definition, text]) => {
    const bytes = deflateRawSync(text, { level: 9 });
    const place = [end, end + bytes.length] as const;
    end += bytes.length;
    return { definition, bytes, place };
  });
  const places = Object.fromEntries(packed.map(({ definition, place }) => [definition, place]));
  const header: Header = { madeOf: madeOf(schemas), outside, places };
  mkdirSync(folder, { recursive: true });
  const parts = [Buffer.from(`${JSON.stringify(header)}\n`), ...packed.map(({ bytes }) => bytes)];
  // Under another name first: who reads meanwhile sees no half of it.
  const partial = fileOf(`${name}.${randomUUID()}`, folder);
  writeFileSync(partial, Buffer.concat(parts));
  renameSync(partial, fileOf(name, folder));
}

function fileOf(name: string, folder: string): string {
  return path.join(folder, `${name}.bin`);
}

let version: string | undefined;
function ajvVersion(): string {
  const { resolve } = createRequire(import.meta.url);
  version ??= String(JSON.parse(readFileSync(resolve('ajv/package.json'), 'utf8')).version);
  return version;
}
