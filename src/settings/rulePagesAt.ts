import { ruleNames } from './ruleNames.ts';

/** The pages about rules below an address of the documentation; undefined where there is none. */
export function rulePagesAt(site: string | undefined) {
  return site === undefined ? undefined : { site, builtIn: ruleNames() };
}
