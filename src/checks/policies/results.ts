import type { About, Fact } from '../../model/about.ts';
import type { FieldPath } from '../../model/manifest.ts';

/** What a policy says: a sentence, and the field it is about where the policy tells it. */
export interface PolicyResult {
  readonly message: string;
  /** The data of the sentence; null where the policy gives none, or something else in their place. */
  readonly about: About | null;
  readonly fieldPath: FieldPath | null;
  /** The position in a combined input of the resource that it is about. */
  readonly index: number | null;
}

/**
 * A member of a policy's set: a text, or an object with a text as `msg`
 * (https://www.conftest.dev/#evaluating-policies); a built-in policy, and any that wants its
 * finding on a field, adds `path`, a list of names and indices. A rule for all resources of a
 * target names one of them by `resource`, its index in the input. A built-in policy adds `about`,
 * the data that `msg` is made of. Null for anything else.
 */
export function readResult(result: unknown): PolicyResult | null {
  if (typeof result === 'string')
    return { message: sentence(result), about: null, fieldPath: null, index: null };
  if (typeof result !== 'object' || result === null || !('msg' in result)) return null;
  if (typeof result.msg !== 'string') return null;
  return {
    message: sentence(result.msg),
    about: 'about' in result && isAbout(result.about) ? result.about : null,
    fieldPath: 'path' in result ? readPath(result.path) : null,
    index: 'resource' in result ? readIndex(result.resource) : null,
  };
}

/** Only a text without anything is none. */
function sentence(text: string): string {
  return text === '' ? '' : text.trim() || 'the policy gives a message without words';
}

function isAbout(about: unknown): about is About {
  if (typeof about !== 'object' || about === null || Array.isArray(about)) return false;
  return Object.values(about).every(isFact);
}

function isFact(value: unknown): value is Fact {
  if (Array.isArray(value)) return value.every(isStep);
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** A step of a path; a list of texts has no others. */
function isStep(step: unknown): step is FieldPath[number] {
  return typeof step === 'string' || Number.isInteger(step);
}

function readIndex(resource: unknown): number | null {
  return Number.isSafeInteger(resource) ? Number(resource) : null;
}

function readPath(path: unknown): FieldPath | null {
  if (!Array.isArray(path)) return null;
  return path.every(isStep) ? path : null;
}
