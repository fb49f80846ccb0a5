import { digestOf } from '../model/digestOf.ts';
import { concernOf, type Finding } from '../model/finding.ts';
import type { Review } from '../model/review.ts';
import { oneLine } from './visible.ts';

/** A finding that an earlier comment told as new. */
export interface ToldFinding {
  readonly key: string;
  readonly rule: string;
  readonly message: string;
}

/** As long as what a comment remembers may be, in characters of JSON. */
const MOST = 4000;

/** The hidden line by which the next comment on the pull request knows what this one told; empty where it told nothing. */
export function toldMarker({ findings }: Pick<Review, 'findings'>): string {
  const told: ToldFinding[] = [];
  let left = MOST;
  for (const finding of findings) {
    if (finding.status !== 'new') continue;
    const one = {
      key: keyOf(finding),
      rule: oneLine(finding.rule, 80),
      message: oneLine(finding.message, 200),
    };
    left -= JSON.stringify(one).length;
    if (left < 0) break;
    told.push(one);
  }
  // Nothing in base64 ends a comment of HTML.
  const text = Buffer.from(JSON.stringify(told)).toString('base64url');
  return told.length === 0 ? '' : `<!-- hydrant:told ${text} -->`;
}

/**
 * What an earlier comment told as new and the review does not find any more. Nothing is said of what it could
 * not validate, or leaves to an exception: that is not fixed.
 */
export function fixedSince(earlier: string, review: Review): ToldFinding[] {
  const current = new Set([...review.findings.filter(isPresent), ...review.excepted].map(keyOf));
  const unsure = new Set(
    review.notValidated.filter(({ isStanding }) => !isStanding).map(({ concern }) => concern),
  );
  return toldIn(earlier).filter(({ key, rule }) => !current.has(key) && !unsure.has(concernOf(rule)));
}

function isPresent({ status }: Finding): boolean {
  return status !== 'fixed';
}

function toldIn(comment: string): ToldFinding[] {
  const [, text] = /^<!-- hydrant:told ([\w-]+) -->$/m.exec(comment) ?? [];
  if (text === undefined) return [];
  try {
    const told: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(told) ? told.filter(isTold) : [];
  } catch {
    return [];
  }
}

function isTold(value: unknown): value is ToldFinding {
  if (typeof value !== 'object' || value === null) return false;
  return ['key', 'rule', 'message'].every((field) => typeof Reflect.get(value, field) === 'string');
}

/** The line is left out: it moves with every push. */
function keyOf({ rule, message, location, resource }: Finding): string {
  return digestOf([
    rule,
    message,
    location?.path ?? null,
    resource?.kind ?? null,
    resource?.name ?? null,
  ]).slice(0, 16);
}
