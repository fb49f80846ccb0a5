import { readFile } from 'node:fs/promises';
import { packageFile } from '../../model/packageFile.ts';
import { RENDER_PROBLEM_KINDS } from '../../model/rendering.ts';
import { rulePage } from '../../report/rulePage.ts';
import { ruleNames } from '../../settings/ruleNames.ts';

/** The pages that tell of the rules which are no policies. */
const PAGES = [
  'docs/danger.md',
  'docs/schemas.md',
  'docs/secrets.md',
  'docs/systems.md',
  'docs/systems/argo-cd.md',
  'docs/systems/flux.md',
  'docs/your-own-policies.md',
];

const RULE = /`((?:argocd|danger|flux|ownership|render|schema|secret|settings)\/[a-z-]+)`/g;

/** Every rule that ships with Hydrant, sorted: the built-in policies, those that the pages tell of, and the ways not to render. */
export async function knownRules(): Promise<readonly string[]> {
  const pages = await Promise.all(PAGES.map((page) => readFile(packageFile(page), 'utf8')));
  const told = pages.flatMap((page) => [...page.matchAll(RULE)].map(([, rule = '']) => rule));
  const rendering = RENDER_PROBLEM_KINDS.map((kind) => `render/${kind}`);
  return [...new Set([...ruleNames(), ...told, ...rendering])].toSorted();
}

/** The page of a rule, and its text. */
export async function readRulePage(rule: string): Promise<{ readonly path: string; readonly text: string }> {
  const path = rulePage(rule, ruleNames());
  return { path, text: await readFile(packageFile(path), 'utf8') };
}
