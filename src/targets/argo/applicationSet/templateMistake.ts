import { objectsAt } from '../../../model/fields.ts';
import { Kind } from '../../../model/kinds.ts';
import {
  type FieldPath,
  formatFieldPath,
  isObject,
  type ManifestValue,
  textAt,
} from '../../../model/manifest.ts';
import { type Told, told } from '../../../model/told.ts';
import { GeneratorMistake } from './generatorContext.ts';

/** What the engine says of a template, at the field of the ApplicationSet whose text it quotes. */
export function templateMistake(error: string, template: ManifestValue | undefined): GeneratorMistake {
  const message = error.replaceAll(/\s*\n\s*/g, ' ').trim();
  if (message.startsWith('templatePatch'))
    return new GeneratorMistake(ofTemplate(message), Kind.ApplicationSet('spec', 'templatePatch'));
  const quoted = textsIn(template ?? null, [])
    .filter(({ text }) => text.includes('{{') && error.includes(text))
    .toSorted((a, b) => b.text.length - a.text.length)[0];
  return new GeneratorMistake(ofTemplate(message), ['spec', 'template', ...(quoted?.path ?? [])]);
}

/** What Go's templates say of one, in their words alone. */
export function ofTemplate(said: string): Told {
  return told('template', { said })`${'said'}`;
}

function textsIn(value: ManifestValue, path: FieldPath): { text: string; path: FieldPath }[] {
  if (typeof value === 'string') return [{ text: value, path }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...path, index]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, item]) => textsIn(item, [...path, name]));
}

/** Fields that make no sense while a parameter in them is not filled in. */
const FIELDS: readonly FieldPath[] = [
  ['metadata', 'name'],
  Kind.Application('spec', 'project'),
  Kind.Application('spec', 'destination', 'name'),
  Kind.Application('spec', 'destination', 'server'),
  Kind.Application('spec', 'destination', 'namespace'),
];
const SOURCE_FIELDS = ['repoURL', 'path', 'targetRevision', 'chart'] as const;

/**
 * A simple template leaves a parameter that no generator gives as it is, and a Go template
 * writes `<no value>`; where that cannot be meant, it is a mistake.
 */
export function unfilled(application: ManifestValue): GeneratorMistake | null {
  const sources = objectsAt(application, Kind.Application('spec', 'sources')).map(
    (_, index): FieldPath => Kind.Application('spec', 'sources', index),
  );
  const paths = [
    ...FIELDS,
    ...[Kind.Application('spec', 'source'), ...sources].flatMap((source) =>
      SOURCE_FIELDS.map((field) => [...source, field]),
    ),
  ];
  for (const path of paths) {
    const left = /\{\{([^{}]*)\}\}|<no value>/.exec(textAt(application, path) ?? '');
    if (left !== null) {
      return new GeneratorMistake(notGiven(left[1], formatFieldPath(path)), ['spec', 'template', ...path]);
    }
  }
  return null;
}

/** @param parameter undefined where Go has written something in its place. */
function notGiven(parameter: string | undefined, field: string): Told {
  if (parameter === undefined)
    return told('no-value', {
      field,
    })`no generator gives a parameter that ${'field'} of the template names`;
  return told('no-parameter', {
    parameter: parameter.trim(),
    field,
  })`no generator gives the parameter ${'parameter'} that ${'field'} of the template names`;
}
