import { CONCERNS, type Concern, concernOf, type Finding, type NotValidated } from '../model/finding.ts';
import type { Verdict, Verdicts } from '../model/review.ts';
import type { Gate } from '../model/settings.ts';

/**
 * The verdict of each concern: failure with a new error (where the gate is `all`, also with an existing one), neutral with something not
 * validated (partial is never green), skipped where there was nothing to judge, else
 * success.
 * @param judged the concerns that had something to judge.
 */
export function verdictsOf(
  findings: readonly Finding[],
  notValidated: readonly NotValidated[],
  judged: ReadonlySet<Concern>,
  gate: Gate = 'new',
): Verdicts {
  const verdictOf = (concern: Concern): Verdict => {
    if (findings.some((finding) => fails(finding, gate) && concernOf(finding.rule) === concern))
      return 'failure';
    if (notValidated.some((item) => item.concern === concern)) return 'neutral';
    return judged.has(concern) ? 'success' : 'skipped';
  };
  return {
    render: verdictOf('render'),
    schemas: verdictOf('schemas'),
    policies: verdictOf('policies'),
    secrets: verdictOf('secrets'),
  };
}

/** One verdict for the whole: the worst, where skipped is only the whole's when it is everyone's. */
export function overallVerdict(verdicts: Verdicts): Verdict {
  const all = CONCERNS.map((concern) => verdicts[concern]);
  return (['failure', 'neutral', 'success'] as const).find((verdict) => all.includes(verdict)) ?? 'skipped';
}

function fails({ status, severity }: Finding, gate: Gate): boolean {
  return severity === 'error' && (status === 'new' || (gate === 'all' && status === 'existing'));
}
