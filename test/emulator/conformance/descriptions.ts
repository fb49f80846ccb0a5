import type { Conformance } from '../../../src/emulator/conformance.ts';
import { checkRequest, checkResponse, isDescribed } from './openapi.ts';
import { checkPayload } from './payloads.ts';

/** GitHub's published descriptions of its API and its webhooks. */
export const DESCRIPTIONS: Conformance = {
  isDescribed,
  request: checkRequest,
  response: checkResponse,
  payload: ({ event, action, payload }) => checkPayload(event, action, payload),
};
