import type { BrokenPolicy, Refusal } from './tagPolicy.ts';

/** What is wrong with a marker or with the value that it stands behind. */
export type MarkerProblem =
  | { readonly problem: 'notReadable' }
  | { readonly problem: 'notAName'; readonly setter: string }
  | { readonly problem: 'noPolicy'; readonly namespace: string; readonly name: string }
  | ({
      readonly problem: 'refusedTag';
      readonly tag: string;
      readonly namespace: string;
      readonly name: string;
    } & Refusal);

/** Says what is wrong with a marker, and what image automation does of it. */
export function problemText(about: MarkerProblem): string {
  switch (about.problem) {
    case 'notReadable':
      return 'the image policy marker is not JSON of the form {"$imagepolicy": "<namespace>:<name>"}, so that nothing sets this value';
    case 'notAName':
      return `${about.setter} is not <namespace>:<name>, with :tag, :name or :digest behind it, so that nothing sets this value`;
    case 'noPolicy':
      return `ImagePolicy ${about.namespace}/${about.name} is not in the repository: unless it is elsewhere, nothing sets this value`;
    case 'refusedTag':
      return `tag ${about.tag} ${refusalText(about)}, so that ImagePolicy ${about.namespace}/${about.name} never chooses it and image automation replaces it`;
  }
}

function refusalText({ wanted, by }: Refusal): string {
  switch (wanted) {
    case 'match':
      return `does not match the pattern ${by}`;
    case 'version':
      return 'is not a semantic version';
    case 'inRange':
      return `is not in the range ${by}`;
    case 'number':
      return 'is not a number';
  }
}

/** What keeps an ImagePolicy from choosing any tag. */
export type PolicyProblem = { readonly policy: string } & (
  | { readonly namespace: string; readonly repository: string }
  | Pick<BrokenPolicy, 'wanted' | 'given'>
);

/** Says why an ImagePolicy chooses nothing. */
export function policyText(about: PolicyProblem): string {
  if ('repository' in about)
    return `ImageRepository ${about.namespace}/${about.repository} does not exist in the repository, so that ImagePolicy ${about.policy} has no tags to choose from`;
  const wanted = about.wanted === 'pattern' ? 'a regular expression' : 'a range of versions';
  return `${about.given} is not ${wanted}, so that ImagePolicy ${about.policy} chooses nothing`;
}
