import type { Review } from '../model/review.ts';
import { renderComment } from './comment.ts';
import type { ReportFormat } from './formatNames.ts';
import { renderJson } from './json.ts';
import { renderText } from './text.ts';

/** How a review is printed. `color` allows terminal colours to the formats that have some. */
type RenderReport = (review: Review, options: { readonly color: boolean }) => string;

/** Every format in which `hydrant check` prints a review, by the name that `--format` takes. */
export const REPORT_FORMATS = {
  text: renderText,
  json: renderJson,
  markdown: (review) => renderComment(review),
} as const satisfies Readonly<Record<ReportFormat, RenderReport>>;
