import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { packageFile } from '../model/packageFile.ts';
import type { ClusterSettings, Settings, SettingsException } from '../model/settings.ts';
import { FORMATS } from './formats.ts';

/** The settings as the file may give them: every field can be left out, but a cluster's name. */
export type SettingsFile = {
  readonly [Field in Exclude<keyof Settings, 'clusters' | 'exceptions'>]?: Settings[Field] extends string
    ? Settings[Field]
    : Partial<Settings[Field]>;
} & { readonly clusters?: readonly ClusterInFile[]; readonly exceptions?: readonly ExceptionInFile[] };

export type ExceptionInFile = Omit<SettingsException, 'at'>;

export type ClusterInFile = Pick<ClusterSettings, 'name'> & Partial<ClusterSettings>;

let made: ValidateFunction<SettingsFile> | undefined;

/** What the settings are checked by, made when there are some: shipped, so that editors can use it too. */
function validator(): ValidateFunction<SettingsFile> {
  made ??= new Ajv({
    allErrors: true,
    verbose: true,
    formats: { ...FORMATS },
    // It is our own, and a test holds it against the meta-schema.
    validateSchema: false,
  }).compile<SettingsFile>(JSON.parse(readFileSync(packageFile('schemas/hydrant.schema.json'), 'utf8')));
  return made;
}

/** Everything in which data differs from `schemas/hydrant.schema.json`. */
export function validateSettings(data: unknown): readonly ErrorObject[] {
  const validate = validator();
  if (validate(data)) return [];
  const errors = validate.errors ?? [];
  // A value of the wrong type is on no list either; once told is enough.
  const mistyped = new Set(errors.filter(isType).map(({ instancePath }) => instancePath));
  return errors.filter((error) => isType(error) || !mistyped.has(error.instancePath));
}

/** True for data that the schema allows. */
export function isSettingsFile(data: unknown): data is SettingsFile {
  return validator()(data);
}

function isType({ keyword }: ErrorObject): boolean {
  return keyword === 'type';
}
