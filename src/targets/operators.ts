import { argo } from './argo/argo.ts';
import { flux } from './flux/flux.ts';
import type { Operator } from './operator.ts';

/** The operators that are followed. */
export const OPERATORS: readonly Operator[] = [argo, flux];
