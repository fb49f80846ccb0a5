import { readBuiltInPolicies } from '../../src/checks/policies/builtIn.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { Facts } from '../../src/model/facts.ts';
import type { OpenRemotes } from '../../src/model/remoteInputs.ts';
import type { Review } from '../../src/model/review.ts';
import { type RepositoryIdentity, reviewRepository } from '../../src/review/reviewRepository.ts';
import { REPOSITORY } from '../helpers/operators.ts';
import { ownPair } from '../helpers/ownCommits.ts';
import type { TestFiles } from '../helpers/repository.ts';
import { watchReview } from './reviewed.ts';

const IDENTITY: RepositoryIdentity = { urls: [REPOSITORY], branch: 'main' };

interface ComparedTarget {
  /** Files at the base; nothing but a README by default. */
  readonly base?: TestFiles;
  /** What the head changes. */
  readonly head: TestFiles;
  readonly openRemotes?: OpenRemotes | undefined;
  /** What earlier reviews kept. */
  readonly kept?: Facts | undefined;
}

/** Reviews a commit on top of another one, by real Git and the given engine. */
export async function reviewed(
  engine: Engine,
  { base = {}, head, openRemotes, kept }: ComparedTarget,
): Promise<Review> {
  const compared = await ownPair({ 'README.md': 'words', ...base }, head);
  const review = await reviewRepository({ ...compared, engine, identity: IDENTITY, openRemotes, kept });
  watchReview(review);
  return review;
}

/** `id kind path status` of each target. */
export function targetsOf({ targets }: Review): string[] {
  return targets.map(({ id, kind, path, status }) => `${id} ${kind} ${path} ${status}`);
}

const BUILT_IN = new Set(
  (await readBuiltInPolicies()).map(({ path }) => path.split('/').slice(1, 3).join('/')),
);

/** `status severity rule path:line message` of each finding but those of built-in policies, which have tests of their own. */
export function findingsOf({ findings }: Review): string[] {
  const others = findings.filter(({ rule }) => !BUILT_IN.has(rule));
  return others.map(({ status, severity, rule, location, message }) =>
    [
      status,
      severity,
      rule,
      location === null ? '-' : `${location.path}:${location.startLine}`,
      message,
    ].join(' '),
  );
}

/** What is said of rendering being not validated, as `subject: reason`. */
export function gapsOf({ notValidated }: Review): string[] {
  return notValidated
    .filter(({ concern }) => concern === 'render')
    .map(({ subject, reason }) => `${subject}: ${reason}`);
}

/** `target change Kind/name` of each change. */
export function changesOf({ changes }: Review): string[] {
  return changes.map(
    ({ target, change, resource }) => `${target} ${change} ${resource.kind}/${resource.name}`,
  );
}
