import { admissionCheck } from '../checks/admission/admissionCheck.ts';
import { repeatedResourceCheck } from '../checks/argo/repeatedResourceCheck.ts';
import { celCheck } from '../checks/cel/celCheck.ts';
import type { Check } from '../checks/check.ts';
import { dangerCheck } from '../checks/danger/dangerCheck.ts';
import { hiddenCharacterCheck } from '../checks/danger/hiddenCharacterCheck.ts';
import { chartVersionCheck } from '../checks/flux/chartVersionCheck.ts';
import { idlePatchCheck } from '../checks/kustomize/idlePatchCheck.ts';
import { operatorCheck } from '../checks/operators/operatorCheck.ts';
import { plainObjectCheck } from '../checks/operators/plainObjectCheck.ts';
import { ownershipCheck } from '../checks/ownership/ownershipCheck.ts';
import { policyCheck } from '../checks/policies/policyCheck.ts';
import { policyFileCheck } from '../checks/policies/policyFileCheck.ts';
import { renderCheck } from '../checks/rendering/renderCheck.ts';
import { duplicateKeyCheck } from '../checks/schemas/duplicateKeyCheck.ts';
import { schemaCheck } from '../checks/schemas/schemaCheck.ts';

/**
 * The search for Secrets comes before every other check, because nothing may be shown before it:
 * here it only says what it found.
 */
const secretCheck: Check = { concern: 'secrets', judge: async (_, { secrets }) => secrets };

/** Everything that a review checks. What they could not validate is listed in this order. */
export const CHECKS: readonly Check[] = [
  operatorCheck,
  plainObjectCheck,
  renderCheck,
  secretCheck,
  policyFileCheck,
  duplicateKeyCheck,
  schemaCheck,
  celCheck,
  policyCheck,
  admissionCheck,
  ownershipCheck,
  repeatedResourceCheck,
  dangerCheck,
  hiddenCharacterCheck,
  chartVersionCheck,
  idlePatchCheck,
];
