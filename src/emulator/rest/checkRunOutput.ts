import type { Annotation } from '../world.ts';
import { type ApiError, invalid } from './call.ts';

/** What a create or update of a check run says of its output. */
export interface ChangedOutput {
  readonly title?: string;
  readonly summary: string;
  readonly text?: string;
  readonly annotations?: readonly Annotation[];
}

const MOST_ANNOTATIONS = 50;
/** 64 KB, of an annotation's message and raw details. */
const LONGEST_MESSAGE = 65_536;
const LONGEST_TITLE = 255;

/**
 * Holds an output to GitHub's limits.
 * https://docs.github.com/rest/checks/runs#create-a-check-run
 * @throws an ApiError with status 422.
 */
export function checkOutput({ summary, text = '', annotations = [] }: ChangedOutput, longest: number): void {
  for (const [field, value] of Object.entries({ summary, text })) {
    const size = Buffer.byteLength(value);
    if (size <= longest) continue;
    throw invalid('CheckRun', `output.${field}`, `Only ${longest} are allowed; ${size} were supplied`);
  }
  if (annotations.length > MOST_ANNOTATIONS)
    throw invalid('CheckRun', 'annotations', `No more than ${MOST_ANNOTATIONS} are allowed in a request`);
  for (const annotation of annotations) checkAnnotation(annotation);
}

function checkAnnotation(annotation: Annotation): void {
  const { path, start_line, end_line, start_column, end_column } = annotation;
  const { message, title = '', raw_details = '' } = annotation;
  if (path === '' || path.startsWith('/')) throw wrong('path', 'must be a path inside the repository');
  if (start_line < 1 || end_line < start_line) throw wrong('end_line', 'must not be before start_line');
  if (start_line !== end_line && (start_column ?? end_column) !== undefined) {
    throw wrong('start_column', 'is allowed on one line only');
  }
  if (message === '') throw wrong('message', 'must not be empty');
  for (const [field, value] of Object.entries({ message, raw_details }))
    if (Buffer.byteLength(value) > LONGEST_MESSAGE) throw wrong(field, 'is longer than 64 KB');
  if (title.length > LONGEST_TITLE) throw wrong('title', 'is longer than 255 characters');
}

function wrong(field: string, why: string): ApiError {
  return invalid('CheckRun', `annotations.${field}`, why);
}
