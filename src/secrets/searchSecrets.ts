import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { AddedHistory } from '../model/history.ts';
import type { Judgement } from '../model/judgement.ts';
import type { OperatorRecord } from '../model/operatorRecord.ts';
import type { Rendering } from '../model/rendering.ts';
import { isManifestFile, reviewedFiles } from '../model/reviewedFiles.ts';
import type { ChangedPath, Snapshot } from '../model/snapshot.ts';
import type { OnStep } from '../model/step.ts';
import { allowedByComment } from './allowedByComment.ts';
import { withoutRendered } from './chartValues.ts';
import type { CommittedValue, FoundSecrets } from './committed.ts';
import { fileViolations, nameElsewhere } from './fileViolations.ts';
import { secretsIn } from './findSecretsInResource.ts';
import { isHarmless } from './harmless.ts';
import type { Hider } from './hiding/hider.ts';
import { Names } from './hiding/names.ts';
import { judgeHistory } from './historySecrets.ts';
import { LineRanges } from './lineRanges.ts';
import { hideInTargets } from './renderedCredentials.ts';
import type { CommitRendering } from './renderedHistory.ts';
import { type SourceSecrets, unexplainedValues, valuesOnlyRendered } from './renderedSecrets.ts';
import { searchFile } from './searchFile.ts';
import { explainValues } from './secretCauses.ts';

/** Where plain Secrets are looked for: both commits, those in between, and all that is rendered. */
export interface SecretSearchContext extends CommitRendering {
  readonly base: SearchedCommit;
  readonly head: SearchedCommit;
  readonly changedPaths: readonly ChangedPath[];
  readonly history: AddedHistory;
  readonly onStep?: OnStep | undefined;
}

/** A commit with what is known of its targets. */
export interface SearchedCommit {
  readonly snapshot: Snapshot;
  readonly renderings: readonly Rendering[];
  /** What the objects that declare targets say of them, by target id. */
  readonly declared: ReadonlyMap<string, OperatorRecord>;
}

/** What the search for Secrets found. */
export interface SecretSearch {
  readonly judgement: Judgement;
  /** The targets as they may be shown: credentials in resources are hidden. */
  readonly shown: readonly ComparedTarget[];
  /** Hides the same in any other text. */
  readonly hider: Hider;
  /** How many manifests of the head and the base were read. */
  readonly files: number;
  /** How many files of commits in between were read. */
  readonly commitFiles: number;
}

/**
 * Searches every file that the pull request adds or changes, every one that the render of an
 * affected target read, the commits in between, and what is rendered.
 * @param compared the affected targets.
 * @throws when aborted.
 */
export async function searchSecrets(
  compared: readonly ComparedTarget[],
  context: SecretSearchContext,
): Promise<SecretSearch> {
  const { base, head, redactor, onStep } = context;
  const commits = { base: base.snapshot, head: head.snapshot };
  onStep?.({ stage: 'searching for Secrets' });
  const readers = reviewedFiles(compared, context.changedPaths);
  const outcomes = await searchFiles([...readers.keys()], context);
  const secrets = await explainBothCommits(compared, context, {
    base: outcomes.flatMap(({ before }) => before.secrets),
    head: await allowedByComment(
      outcomes.flatMap(({ after }) => after.secrets),
      commits,
    ),
  });
  const renderings = [...base.renderings, ...head.renderings];
  const history = await judgeHistory({ ...context, ...commits, renderings, secrets });
  const rendered = await hideInTargets(compared, {
    redactor,
    secrets,
    ...knownIn({ renderings, compared }, [...valuesOf(secrets), ...history.values]),
  });
  return {
    judgement: {
      before: [...fileViolations(secrets.base.found, readers), ...rendered.before],
      after: [...fileViolations(secrets.head.found, readers), ...history.violations, ...rendered.after],
      gaps: [...outcomes.flatMap(({ after }) => after.notValidated), ...history.notValidated],
      undecided: [],
      known: {
        before: new Set([...rendered.known.before, ...elsewhereIn(compared, 'base', secrets)]),
        after: new Set([...rendered.known.after, ...elsewhereIn(compared, 'head', secrets)]),
      },
    },
    shown: rendered.compared,
    hider: rendered.hider,
    files: [...readers.keys()].filter(isManifestFile).length,
    commitFiles: history.files,
  };
}

async function searchFiles(paths: readonly string[], { base, head, redactor }: SecretSearchContext) {
  return Promise.all(
    paths.map(async (path) => ({
      before: await searchFile(path, base.snapshot, redactor),
      after: await searchFile(path, head.snapshot, redactor),
    })),
  );
}

function valuesOf({ base, head }: SourceSecrets): CommittedValue[] {
  return [...base.found, ...head.found].flatMap(({ violation }) => violation.values);
}

/** What is known to be a secret, and what is called something. */
function knownIn(
  {
    renderings,
    compared,
  }: { readonly renderings: readonly Rendering[]; readonly compared: readonly ComparedTarget[] },
  found: readonly CommittedValue[],
) {
  const names = new Names(renderings, new Set(compared.map(({ target }) => target.id)));
  // A finding names the user beside the password, who is no secret elsewhere.
  const telling = found.filter(({ key, value }) => !isHarmless({ key, class: value.class }));
  return {
    known: [...telling.map(({ value }) => value.identity()), ...renderings.flatMap(secretsIn)],
    isName: (text: string) => names.has(text),
  };
}

/** What the search of files found, and what rendering again found out about the other values. */
async function explainBothCommits(
  compared: readonly ComparedTarget[],
  context: SecretSearchContext,
  found: Record<'base' | 'head', readonly FoundSecrets[]>,
): Promise<SourceSecrets> {
  const { engine, redactor, signal } = context;
  const explained = async (side: 'base' | 'head') => {
    const renderings = renderingsOf(compared, side);
    const rendered = new Set(renderings.flatMap((one) => (one === null ? [] : secretsIn(one))));
    const inFiles = withoutRendered(found[side], rendered);
    const left = unexplainedValues(renderings, inFiles);
    const more = await explainValues(left, { ...context[side], engine, redactor, signal });
    return { ...more, found: [...withoutTold(inFiles, more.found), ...more.found] };
  };
  const [base, head] = await Promise.all([explained('base'), explained('head')]);
  return { base, head };
}

/** A value of a Secret is reported as that, not as a credential. */
function withoutTold(found: readonly FoundSecrets[], told: readonly FoundSecrets[]): FoundSecrets[] {
  return found.filter(({ violation: { rule, location } }) => {
    if (rule !== 'secret/credential') return true;
    const places = told.map(({ violation }) => violation.location);
    return !new LineRanges(places.filter(({ path }) => path === location.path)).overlaps(location);
  });
}

/** The names of the values that a commit's rendered Secrets have and none of its files is found to have. */
function elsewhereIn(
  compared: readonly ComparedTarget[],
  side: 'base' | 'head',
  secrets: SourceSecrets,
): string[] {
  return valuesOnlyRendered(renderingsOf(compared, side), secrets[side]).map(nameElsewhere);
}

function renderingsOf(compared: readonly ComparedTarget[], side: 'base' | 'head'): (Rendering | null)[] {
  return compared.map((one) => one[side]);
}
