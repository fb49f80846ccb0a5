import type { Review } from '../model/review.ts';
import { renderComment } from './comment.ts';
import type { ReportFormat } from './formatNames.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import type { ReportOptions } from './reportOptions.ts';
import { renderSarif } from './sarif.ts';
import { renderText } from './text.ts';
import { renderWorkflowCommands } from './workflowCommands.ts';

/** How a review is printed. */
type RenderReport = (review: Review, options: ReportOptions) => string;

/** Every format in which `hydrant check` prints a review, by the name that `--format` takes. */
export const REPORT_FORMATS = {
  text: renderText,
  json: renderJson,
  markdown: (review) => renderComment(review),
  sarif: renderSarif,
  junit: renderJunit,
  github: renderWorkflowCommands,
} as const satisfies Readonly<Record<ReportFormat, RenderReport>>;
