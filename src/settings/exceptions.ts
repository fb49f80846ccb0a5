import type { SettingsException } from '../model/settings.ts';
import type { Field, ParsedYaml } from './parseYaml.ts';
import type { ExceptionInFile } from './schema.ts';

/**
 * What does not count where a field is wrong: of an exception the whole. Without one of its
 * fields it would except more than was meant, or for longer.
 */
export function wholeException(field: Field): Field {
  return field[0] === 'exceptions' ? field.slice(0, 2) : field;
}

/** Sound exceptions with the lines on which they begin. */
export function placeExceptions(
  sound: readonly ExceptionInFile[] = [],
  file: { readonly data: unknown; readonly path: string; readonly lineOf: ParsedYaml['lineOf'] },
): SettingsException[] {
  const listed: unknown =
    typeof file.data === 'object' && file.data !== null ? Reflect.get(file.data, 'exceptions') : [];
  const written = (Array.isArray(listed) ? listed : []).map((item) => JSON.stringify(item));
  let from = 0;
  return sound.map((exception) => {
    // Those that are not sound are left out in between; the order stays.
    const index = written.indexOf(JSON.stringify(exception), from);
    from = index + 1;
    return { ...exception, at: { path: file.path, line: file.lineOf(['exceptions', index], 'value') } };
  });
}
