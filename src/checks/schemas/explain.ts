import type { ErrorObject } from 'ajv';
import type { Violation } from '../../model/finding.ts';
import { type FieldPath, type ManifestObject, valueAt } from '../../model/manifest.ts';
import { Redacted } from '../../model/redacted.ts';
import { gatherAlternatives, type Mistake } from './alternatives.ts';
import { type Sentence, sentencesOf } from './sentences.ts';

export interface ExplainOptions {
  /** Whether a message may quote values; never those of a Secret. */
  readonly quote: boolean;
  /** Whether missing fields of `status` count: the API server clears a status that is applied. */
  readonly ignoreMissingStatus: boolean;
}

/** Ajv's errors on a manifest as violations: one for each cause, in the order of the schema. */
export function explain(
  errors: readonly ErrorObject[],
  manifest: ManifestObject,
  options: ExplainOptions,
): Violation[] {
  const mistakes = gatherAlternatives(errors);
  const mistyped = new Set(mistakes.filter(isMistyped).map(({ error }) => error.instancePath));
  const violations = new Map<string, Violation>();
  for (const mistake of mistakes) {
    const { instancePath } = mistake.error;
    // A value of the wrong type breaks every other rule too; once told is enough.
    if (mistyped.has(instancePath) && !isMistyped(mistake)) continue;
    const path = toFieldPath(instancePath, manifest);
    if (isHidden(mistake.error, path, manifest)) continue;
    if (options.ignoreMissingStatus && path[0] === 'status' && isMissing(mistake)) continue;
    for (const sentence of describe(mistake, path, { manifest, quote: options.quote })) {
      violations.set(JSON.stringify(sentence), toViolation(sentence));
    }
  }
  return [...violations.values()];
}

function isMistyped({ error: { keyword } }: Mistake): boolean {
  return keyword === 'type' || keyword === 'intOrString' || keyword === 'notNull';
}

function isMissing({ error: { keyword } }: Mistake): boolean {
  return keyword === 'presentFields' || keyword === 'required';
}

/** JSON pointer to field path; a number only where the manifest has a list. */
function toFieldPath(pointer: string, manifest: ManifestObject): FieldPath {
  const path: (string | number)[] = [];
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(valueAt(manifest, path)) ? Number(name) : name);
  }
  return path;
}

/** Fields of a Secret whose values are only hidden where they are not what they should be. */
const SHOWN_IF_RIGHT = new Set(['immutable', 'metadata.creationTimestamp', 'metadata.deletionTimestamp']);

/** Of a hidden value only one thing is known: that it is neither a list nor a mapping. */
function isHidden({ keyword, schema }: ErrorObject, path: FieldPath, manifest: ManifestObject): boolean {
  const value = valueAt(manifest, path);
  if (!(value instanceof Redacted)) return false;
  if (value.class === 'plain' && SHOWN_IF_RIGHT.has(path.join('.'))) return false;
  if (keyword !== 'type') return true;
  const types: unknown[] = Array.isArray(schema) ? schema : [schema];
  return types.some((type) => type !== 'object' && type !== 'array' && type !== 'null');
}

interface Telling {
  readonly manifest: ManifestObject;
  readonly quote: boolean;
}

function describe({ error, branches }: Mistake, path: FieldPath, telling: Telling): Sentence[] {
  const sentences = sentencesOf(error, path, telling.quote);
  if (branches.length === 0) return sentences;
  return sentences.map((sentence) => ({
    ...sentence,
    text: `${sentence.text} (${reasons(branches, telling)})`,
  }));
}

const SHOWN_REASONS = 3;

/** Why each alternative does not fit. */
function reasons(branches: readonly (readonly ErrorObject[])[], { manifest, quote }: Telling): string {
  const texts = branches.flatMap(([first]) =>
    first === undefined
      ? []
      : sentencesOf(first, toFieldPath(first.instancePath, manifest), quote).slice(0, 1),
  );
  const different = [...new Set(texts.map(({ text }) => text))];
  const more = different.length - SHOWN_REASONS;
  return `${different.slice(0, SHOWN_REASONS).join('; or ')}${more > 0 ? `; or ${more} more` : ''}`;
}

function toViolation({ rule, text, path }: Sentence): Violation {
  return {
    rule: `schema/${rule}`,
    severity: 'error',
    message: text,
    fieldPath: path.length === 0 ? null : path,
  };
}
