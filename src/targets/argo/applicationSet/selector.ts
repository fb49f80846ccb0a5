import { objectsAt, textMapAt, textsAt } from '../../../model/fields.ts';
import { type ManifestObject, textAt } from '../../../model/manifest.ts';
import { type Told, told } from '../../../model/told.ts';
import { type Declared, GeneratorMistake } from './generatorContext.ts';

type Labels = Readonly<Record<string, string>>;

/**
 * A label selector (`matchLabels`, `matchExpressions`) as a test of labels. An empty one
 * takes all.
 * @see https://github.com/argoproj/argo-cd/blob/master/applicationset/utils/selector.go
 */
export function labelSelector({ value, fieldPath }: Declared<ManifestObject>): (labels: Labels) => boolean {
  const equal = Object.entries(textMapAt(value, ['matchLabels'])).map(
    ([key, wanted]) =>
      (labels: Labels) =>
        labels[key] === wanted,
  );
  const expressions = objectsAt(value, ['matchExpressions']).map((expression, index) =>
    requirement({ value: expression, fieldPath: [...fieldPath, 'matchExpressions', index] }),
  );
  return (labels) => [...equal, ...expressions].every((holds) => holds(labels));
}

function requirement({ value, fieldPath }: Declared<ManifestObject>): (labels: Labels) => boolean {
  const key = textAt(value, ['key']) ?? '';
  const operator = textAt(value, ['operator']) ?? '';
  const values = textsAt(value, ['values']);
  const has = (labels: Labels) => Object.hasOwn(labels, key);
  const isOne = (labels: Labels) => values.includes(labels[key] ?? '');
  const takesValues = operator === 'In' || operator === 'NotIn';
  if (takesValues !== values.length > 0) {
    const problem = takesValues
      ? told('needs-values', { operator })`the operator ${'operator'} needs values`
      : told('takes-no-values', { operator })`the operator ${'operator'} takes no values`;
    throw new GeneratorMistake(problem, [...fieldPath, 'values']);
  }
  switch (operator) {
    case 'In':
      return (labels) => has(labels) && isOne(labels);
    case 'NotIn':
      return (labels) => !has(labels) || !isOne(labels);
    case 'Exists':
      return has;
    case 'DoesNotExist':
      return (labels) => !has(labels);
    default:
      throw new GeneratorMistake(noOperator(operator), [...fieldPath, 'operator']);
  }
}

function noOperator(operator: string): Told {
  const quoted = ({ operator: text }: { readonly operator: string }) => JSON.stringify(text);
  return told('no-operator', { operator })`${quoted} is not a valid selector operator`;
}
