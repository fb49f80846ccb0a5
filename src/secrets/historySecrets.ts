import path from 'node:path';
import { append } from '../model/append.ts';
import { KUSTOMIZATION_FILES } from '../model/entryFiles.ts';
import type { NotValidated } from '../model/finding.ts';
import type { AddedFile, AddedHistory } from '../model/history.ts';
import type { SubjectViolation } from '../model/judgement.ts';
import type { Rendering } from '../model/rendering.ts';
import { canBeRead } from '../model/secretValue.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { CommittedValue, FoundSecrets } from './committed.ts';
import { secretsIn } from './findSecretsInResource.ts';
import { historyViolation } from './historyViolation.ts';
import {
  type CommitRendering,
  failingThroughout,
  mayBeRendered,
  renderedInCommit,
} from './renderedHistory.ts';
import type { SourceSecrets } from './renderedSecrets.ts';
import { searchFile } from './searchFile.ts';

/** What the search of history needs to know of the two commits. */
export interface HistoryContext extends CommitRendering {
  readonly base: Snapshot;
  readonly head: Snapshot;
  readonly history: AddedHistory;
  /** Of both. */
  readonly renderings: readonly Rendering[];
  /** What the sources of the two have. */
  readonly secrets: SourceSecrets;
}

export interface HistoryOutcome {
  readonly violations: readonly SubjectViolation[];
  readonly notValidated: readonly NotValidated[];
  /** How many files were searched that the head does not have. */
  readonly files: number;
  /** All values that were found, whether or not there is a violation. */
  readonly values: readonly CommittedValue[];
}

/** Contents of a pull request's commits are read up to this many bytes in all. */
const MOST_BYTES = 64 * 1024 * 1024;

/** At most so many commits are rendered. */
const MOST_RENDERED = 100;

/** What the list of what was not validated calls the commits. */
const SUBJECT = 'commits of the pull request';

/**
 * Finds values that a commit of the pull request has in plain, and its head has not any
 * more: whoever has the history can read them. Values that the base has are no news, and
 * those of the head are found there. Each is told once, by the first commit that has it.
 */
export async function judgeHistory(context: HistoryContext): Promise<HistoryOutcome> {
  const { history, signal } = context;
  const search = new HistorySearch(context);
  for (const [commit, files] of byCommit(filesOnlyInBetween(context))) {
    signal?.throwIfAborted();
    if (!search.isFull) await search.commit(commit, files);
  }
  const gaps = [...(history.gap === null ? [] : [history.gap]), ...search.gaps];
  return {
    violations: search.violations,
    notValidated: [
      ...gaps.map(
        (gap): NotValidated => ({
          subject: SUBJECT,
          reason: `not all searched for Secrets: ${gap}`,
          concern: 'secrets',
        }),
      ),
      ...search.notValidated,
    ],
    files: search.files,
    values: search.values,
  };
}

/** The files whose content is neither at the head nor at the base. */
function filesOnlyInBetween({ history, base, head }: HistoryContext): AddedFile[] {
  const atBase = new Set([...base.entries.values()].map(({ oid }) => oid));
  return history.files.filter(
    ({ path: name, oid }) => head.entries.get(name)?.oid !== oid && !atBase.has(oid),
  );
}

function byCommit(files: readonly AddedFile[]): Map<string, AddedFile[]> {
  const commits = new Map<string, AddedFile[]>();
  for (const file of files) commits.set(file.commit, [...(commits.get(file.commit) ?? []), file]);
  return commits;
}

/** Goes through the commits, the oldest first. */
class HistorySearch {
  readonly violations: SubjectViolation[] = [];
  readonly notValidated: NotValidated[] = [];
  readonly values: CommittedValue[] = [];
  files = 0;
  #bytes = 0;
  readonly #context: HistoryContext;
  /** Identities of values that need no finding (any more). */
  readonly #known: Set<string>;
  /** Files of base and head whose values are among the known ones. */
  readonly #knownFiles = new Set<string>();
  readonly #searched = new Set<string>();
  readonly #mayBeRendered: (path: string) => boolean;
  readonly #failing: ReadonlySet<string>;
  #rendered = 0;

  constructor(context: HistoryContext) {
    const { renderings, secrets } = context;
    this.#context = context;
    this.#mayBeRendered = mayBeRendered(renderings);
    this.#failing = failingThroughout(renderings);
    this.#known = new Set([
      ...[...secrets.base.found, ...secrets.head.found].flatMap(({ violation }) =>
        violation.values.map(identityOf),
      ),
      ...renderings.flatMap(secretsIn),
    ]);
  }

  /** Why not all of the commits are searched as far as they could be. */
  get gaps(): string[] {
    return [
      ...(this.isFull ? ['they have too much text'] : []),
      ...(this.#rendered > MOST_RENDERED
        ? [`more than ${MOST_RENDERED} of them change what is rendered`]
        : []),
    ];
  }

  get isFull(): boolean {
    return this.#bytes > MOST_BYTES;
  }

  async commit(commit: string, files: readonly AddedFile[]): Promise<void> {
    const snapshot = counted(await this.#context.history.snapshot(commit), (bytes) => {
      this.#bytes += bytes;
    });
    const wanted = new Set(files.flatMap((file) => this.#searchedFor(file, snapshot)));
    for (const name of [...wanted].toSorted()) {
      const { secrets, notValidated } = await searchFile(name, snapshot, this.#context.redactor);
      this.files++;
      append(
        this.values,
        secrets.flatMap(({ violation }) => violation.values),
      );
      if (secrets.length > 0) await this.#compare(name);
      append(
        this.violations,
        secrets.flatMap((found) => this.#violationsOf(found, commit)),
      );
      this.notValidated.push(
        ...notValidated.map((item) => ({ ...item, reason: `${item.reason} (in commit ${commit})` })),
      );
    }
    if (files.some(({ path: name }) => this.#mayBeRendered(name))) await this.#render(commit, snapshot);
  }

  /** What stands in a chart's values, say, is known to be secret by what it renders to alone. */
  async #render(commit: string, snapshot: Snapshot): Promise<void> {
    this.#rendered++;
    if (this.#rendered > MOST_RENDERED) return;
    const { found, unrendered } = await renderedInCommit(
      snapshot,
      { known: this.#known, failing: this.#failing },
      this.#context,
    );
    append(this.notValidated, unrendered.length === 0 ? [] : [searchedAsText(commit, unrendered)]);
    append(
      this.values,
      found.flatMap(({ violation }) => violation.values),
    );
    append(
      this.violations,
      found.flatMap((one) => this.#violationsOf(one, commit)),
    );
  }

  /** A changed file, and the kustomizations that may read it: those of its folder and above. */
  #searchedFor({ path: name, oid }: AddedFile, { entries }: Snapshot): string[] {
    const key = JSON.stringify([name, oid]);
    if (this.#searched.has(key)) return [];
    this.#searched.add(key);
    const readers = foldersOf(name)
      .flatMap((folder) => KUSTOMIZATION_FILES.map((file) => path.posix.join(folder, file)))
      .filter((file) => entries.get(file)?.kind === 'file');
    return [name, ...readers];
  }

  /** What the file has at the two commits is found there, or no news. */
  async #compare(name: string): Promise<void> {
    if (this.#knownFiles.has(name)) return;
    this.#knownFiles.add(name);
    const { base, head, redactor } = this.#context;
    const both = await Promise.all([base, head].map((side) => searchFile(name, side, redactor)));
    for (const { violation } of both.flatMap(({ secrets }) => secrets)) {
      for (const value of violation.values) this.#known.add(identityOf(value));
    }
  }

  #violationsOf({ violation }: FoundSecrets, commit: string): SubjectViolation[] {
    const values = violation.values.filter(
      (value) => canBeRead(value.value.class) && !this.#known.has(identityOf(value)),
    );
    for (const value of values) this.#known.add(identityOf(value));
    if (values.length === 0) return [];
    const { resource, ...said } = historyViolation(violation, { commit, values });
    const { path: file } = violation.location;
    // No line of the head has it.
    return [{ subject: { is: 'file', path: file, resource, targets: [] }, violation: said, location: null }];
  }
}

/** So many targets are named for each commit. */
const MOST_NAMED = 3;

/** A value of a chart, say, is known to be a Secret's by the rendering alone. */
function searchedAsText(commit: string, targets: readonly string[]): NotValidated {
  const more = targets.length > MOST_NAMED ? ` and ${targets.length - MOST_NAMED} more` : '';
  const named = `${targets.slice(0, MOST_NAMED).join(', ')}${more}`;
  return {
    subject: SUBJECT,
    reason: `searched for Secrets as text alone, since commit ${commit} does not render: ${named}`,
    concern: 'secrets',
  };
}

/** `a/b`, `a` and `.` of `a/b/c`. */
function foldersOf(name: string): string[] {
  const folder = path.posix.dirname(name);
  return folder === '.' ? ['.'] : [folder, ...foldersOf(folder)];
}

function counted(snapshot: Snapshot, count: (bytes: number) => void): Snapshot {
  const read = async (name: string) => {
    const bytes = await snapshot.read(name);
    count(bytes.length);
    return bytes;
  };
  return { ...snapshot, read };
}

function identityOf({ value }: CommittedValue): string {
  return value.identity();
}
