import type { ErrorObject } from 'ajv';
import type { About, Fact } from '../../model/about.ts';
import type { Violation } from '../../model/finding.ts';
import { type FieldPath, type ManifestObject, valueAt } from '../../model/manifest.ts';
import { Redacted } from '../../model/redacted.ts';
import { canBeRead } from '../../model/secretValue.ts';
import { gatherAlternatives, type Mistake } from './alternatives.ts';
import type { Sentence } from './sentence.ts';
import { sentencesOf } from './sentences.ts';

export interface ExplainOptions {
  /** Whether a message may quote values; never those of a Secret. */
  readonly quote: boolean;
  /** Whether missing fields of `status` count: the API server clears a status that is applied. */
  readonly ignoreMissingStatus: boolean;
  /** Whether the schema may be older than what the cluster has: an unknown field may then be a newer one. */
  readonly mayBeOlder: boolean;
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
      const { rule, text, path } = sentence;
      violations.set(JSON.stringify([rule, text, path]), toViolation(sentence, options));
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
  if (canBeRead(value.class) && SHOWN_IF_RIGHT.has(path.join('.'))) return false;
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
  const reasons = reasonsOf(branches, telling);
  return sentences.map((sentence) => ({
    ...sentence,
    about: { ...sentence.about, ...factsOf(reasons) },
    text: `${sentence.text} (${inWords(reasons)})`,
  }));
}

const SHOWN_REASONS = 3;

/** Why the alternatives do not fit, and how many more reasons are not told. */
interface Reasons {
  readonly told: readonly Sentence[];
  readonly more: number;
}

/** The first thing that is wrong in each alternative; what several say is one reason. */
function reasonsOf(branches: readonly (readonly ErrorObject[])[], { manifest, quote }: Telling): Reasons {
  const all = branches.flatMap(([first]) =>
    first === undefined
      ? []
      : sentencesOf(first, toFieldPath(first.instancePath, manifest), quote).slice(0, 1),
  );
  const different = all.filter(({ text }, index) => all.findIndex((one) => one.text === text) === index);
  const told = different.slice(0, SHOWN_REASONS);
  return { told, more: different.length - told.length };
}

/** The data of each reason, under its number: `reason1.field`. */
function factsOf({ told, more }: Reasons): About {
  const facts = told.flatMap(({ rule, about }, index) =>
    Object.entries({ rule, ...about }).map(([name, fact]): [string, Fact] => [
      `reason${index + 1}.${name}`,
      fact,
    ]),
  );
  return { ...Object.fromEntries(facts), more };
}

function inWords({ told, more }: Reasons): string {
  return `${told.map(({ text }) => text).join('; or ')}${more > 0 ? `; or ${more} more` : ''}`;
}

function toViolation({ rule, about, text, path }: Sentence, { mayBeOlder }: ExplainOptions): Violation {
  const mayBeNewer = mayBeOlder && rule === 'unknown-field' && about['meant'] === null;
  return {
    rule: `schema/${rule}`,
    severity: mayBeNewer ? 'warning' : 'error',
    message: mayBeNewer ? `${text} (in the release that Hydrant knows; a newer one may have it)` : text,
    about: mayBeNewer ? { ...about, mayBeNewer } : about,
    fieldPath: path.length === 0 ? null : path,
  };
}
