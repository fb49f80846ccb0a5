import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { AddedHistory } from '../model/history.ts';
import type { Judgement } from '../model/judgement.ts';
import type { OperatorRecord } from '../model/operatorRecord.ts';
import type { Redactor } from '../model/redacted.ts';
import type { Rendering } from '../model/rendering.ts';
import { isManifestFile, reviewedFiles } from '../model/reviewedFiles.ts';
import type { ChangedPath, Snapshot } from '../model/snapshot.ts';
import type { OnStep } from '../model/step.ts';
import type { RenderEngine } from '../render/withRemotes.ts';
import type { FoundSecrets } from './committed.ts';
import { fileViolations, nameElsewhere } from './fileViolations.ts';
import { judgeHistory } from './historySecrets.ts';
import { hideInTargets } from './renderedCredentials.ts';
import { type SourceSecrets, unexplainedValues, valuesOnlyRendered } from './renderedSecrets.ts';
import { searchFile } from './searchFile.ts';
import { explainValues } from './secretCauses.ts';

/** Where plain Secrets are looked for: both commits, those in between, and all that is rendered. */
export interface SecretSearchContext {
  readonly base: SearchedCommit;
  readonly head: SearchedCommit;
  readonly changedPaths: readonly ChangedPath[];
  readonly history: AddedHistory;
  readonly engine: Pick<RenderEngine, 'findCauses'>;
  readonly redactor: Redactor;
  readonly signal?: AbortSignal | undefined;
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
  onStep?.({ stage: 'searching for Secrets' });
  const readers = reviewedFiles(compared, context.changedPaths);
  const outcomes = await Promise.all(
    [...readers.keys()].map(async (path) => ({
      before: await searchFile(path, base.snapshot, redactor),
      after: await searchFile(path, head.snapshot, redactor),
    })),
  );
  const secrets = await explainBothCommits(compared, context, {
    base: outcomes.flatMap(({ before }) => before.secrets),
    head: outcomes.flatMap(({ after }) => after.secrets),
  });
  const history = await judgeHistory({
    ...context,
    base: base.snapshot,
    head: head.snapshot,
    compared,
    secrets,
  });
  const rendered = await hideInTargets(compared, { redactor, secrets });
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
    files: [...readers.keys()].filter(isManifestFile).length,
    commitFiles: history.files,
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
    const left = unexplainedValues(renderingsOf(compared, side), found[side]);
    const more = await explainValues(left, { ...context[side], engine, redactor, signal });
    return { ...more, found: [...found[side], ...more.found] };
  };
  const [base, head] = await Promise.all([explained('base'), explained('head')]);
  return { base, head };
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
