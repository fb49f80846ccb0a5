import {
  byConcern,
  CONCERNS,
  type Concern,
  concernOf,
  type Finding,
  type NotValidated,
} from '../model/finding.ts';
import type { Verdict, Verdicts } from '../model/review.ts';
import type { Gate } from '../model/settings.ts';

/** What verdicts are given by, besides the findings. */
export interface VerdictContext {
  readonly notValidated: readonly NotValidated[];
  /** The concerns that had something to judge. */
  readonly judged: ReadonlySet<Concern>;
  readonly gate: Gate;
}

/**
 * The verdict of each concern: failure with a new error (where the gate is `all`, also with an
 * existing one), neutral with something not validated that the pull request has to do with
 * (partial is never green), skipped where there was nothing to judge, else success.
 */
export function verdictsOf(
  findings: readonly Finding[],
  { notValidated, judged, gate }: VerdictContext,
): Verdicts {
  const verdictOf = (concern: Concern): Verdict => {
    if (findings.some((finding) => fails(finding, gate) && concernOf(finding.rule) === concern))
      return 'failure';
    if (notValidated.some((item) => item.concern === concern && item.isStanding !== true)) return 'neutral';
    return judged.has(concern) ? 'success' : 'skipped';
  };
  return byConcern(verdictOf);
}

/**
 * The concerns that have something to judge: each where targets are affected, else those that
 * look at files.
 * @param affected how many targets are.
 * @param searched how many files of the two commits, and of those in between, were read.
 */
export function judgedConcerns(
  affected: number,
  searched: { readonly files: number; readonly commitFiles: number },
): ReadonlySet<Concern> {
  if (affected > 0) return new Set(CONCERNS);
  if (searched.files > 0) return new Set(['schemas', 'secrets']);
  return new Set(searched.commitFiles > 0 ? ['secrets'] : []);
}

/** One verdict for the whole: the worst, where skipped is only the whole's when it is everyone's. */
export function overallVerdict(verdicts: Verdicts): Verdict {
  const all = CONCERNS.map((concern) => verdicts[concern]);
  return (['failure', 'neutral', 'success'] as const).find((verdict) => all.includes(verdict)) ?? 'skipped';
}

function fails({ status, severity }: Finding, gate: Gate): boolean {
  return severity === 'error' && (status === 'new' || (gate === 'all' && status === 'existing'));
}
