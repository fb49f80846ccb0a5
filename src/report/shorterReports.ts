import type { Concern } from '../model/finding.ts';
import type { Review } from '../model/review.ts';
import { type CheckOutput, toCheckOutput } from './checkOutput.ts';
import { commentMarker, renderComment } from './comment.ts';
import { headline } from './figures.ts';
import type { Links } from './markdown/links.ts';

/** What a shorter report may have, in bytes or characters: whatever GitHub counts, it is far from its limit. */
const SHORT = 16_384;

const SHORTER = 'GitHub refused the whole report, so this one is shorter, and no line has an annotation.';
const SHORTEST = 'GitHub refused the report. `hydrant check` prints it.';

/** One concern of a review as a check run: whole, shorter, and as its conclusion alone. */
export function checkOutputs(review: Review, concern: Concern, links: Links): (() => CheckOutput)[] {
  const whole = () => toCheckOutput(review, concern, links);
  return [
    whole,
    () => {
      const { summary, ...rest } = toCheckOutput(review, concern, { ...links, most: SHORT });
      return { ...rest, summary: `${SHORTER}\n\n${summary}`, annotations: [] };
    },
    () => {
      const { conclusion, title } = whole();
      return { conclusion, title, summary: SHORTEST, annotations: [] };
    },
  ];
}

/** The comment on a pull request, after an earlier one or none: whole, shorter, and as its first line alone. */
export function comments(
  review: Review,
  links: Links & { readonly earlier?: string | undefined },
): (() => string)[] {
  const brief = `${commentMarker(review.head)}\n\n## Hydrant: ${headline(review)}\n\n${SHORTEST}\n`;
  return [
    () => renderComment(review, links),
    () => renderComment(review, { ...links, most: SHORT }),
    () => brief,
  ];
}
