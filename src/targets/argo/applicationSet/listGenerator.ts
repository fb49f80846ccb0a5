import { listAt } from '../../../model/fields.ts';
import {
  type FieldPath,
  isObject,
  type ManifestObject,
  type ManifestValue,
  textAt,
} from '../../../model/manifest.ts';
import { told } from '../../../model/told.ts';
import { parseYaml } from '../yamlFile.ts';
import {
  type Declared,
  type GeneratorContext,
  GeneratorMistake,
  type Parameters,
} from './generatorContext.ts';

/**
 * The elements of a list, and of `elementsYaml`. Simple templates take texts only.
 * @see https://github.com/argoproj/argo-cd/blob/master/applicationset/generators/list.go
 */
export function listGenerator(
  { value, fieldPath }: Declared<ManifestObject>,
  { goTemplate }: GeneratorContext,
): Parameters[] {
  const elements = listAt(value, ['elements']).map((element, index) => {
    const at = [...fieldPath, 'elements', index];
    if (!isObject(element))
      throw new GeneratorMistake(told('list-element')`an element of a list generator must be a mapping`, at);
    return goTemplate ? element : simpleElement(element, at);
  });
  return [
    ...elements,
    ...yamlElements(textAt(value, ['elementsYaml']) ?? '', [...fieldPath, 'elementsYaml']),
  ];
}

function simpleElement(element: ManifestObject, fieldPath: FieldPath): Parameters {
  const entries = Object.entries(element).flatMap(([name, value]): [string, ManifestValue, FieldPath][] => {
    if (name !== 'values' || !isObject(value)) return [[name, value, [...fieldPath, name]]];
    return Object.entries(value).map(([key, inner]) => [`values.${key}`, inner, [...fieldPath, name, key]]);
  });
  for (const [name, value, at] of entries) {
    if (typeof value !== 'string') {
      const problem = told('not-a-text', {
        name,
      })`${'name'} must be a text; write it in quotes, or set goTemplate`;
      throw new GeneratorMistake(problem, at);
    }
  }
  return Object.fromEntries(entries);
}

function yamlElements(text: string, fieldPath: FieldPath): Parameters[] {
  if (text === '') return [];
  const read = parseYaml(text);
  if ('error' in read) {
    const facts = { said: read.error };
    throw new GeneratorMistake(
      told('elements-yaml', facts)`elementsYaml is not valid YAML: ${'said'}`,
      fieldPath,
    );
  }
  if (read.content === null) return [];
  if (!Array.isArray(read.content) || !read.content.every(isObject)) {
    throw new GeneratorMistake(
      told('elements-no-mappings')`elementsYaml must be a list of mappings`,
      fieldPath,
    );
  }
  return read.content;
}
