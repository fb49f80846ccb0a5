import type { Cause, CausesReply } from '../engine/engine.ts';
import { append } from '../model/append.ts';
import type { Location } from '../model/finding.ts';
import type { OperatorRecord } from '../model/operatorRecord.ts';
import type { Redactor } from '../model/redacted.ts';
import type { RenderedTarget, Rendering } from '../model/rendering.ts';
import type { RenderSource } from '../model/renderSource.ts';
import type { Resource } from '../model/resource.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { RenderEngine } from '../render/withRemotes.ts';
import { causeViolation } from './causeViolation.ts';
import type { FoundSecrets } from './committed.ts';
import type { RenderedValue } from './findSecretsInResource.ts';
import { TextPlaces } from './textPlaces.ts';

/** One side of a review, where causes are looked for. */
export interface CauseContext {
  readonly engine: Pick<RenderEngine, 'findCauses'>;
  readonly redactor: Redactor;
  readonly signal?: AbortSignal | undefined;
  readonly snapshot: Snapshot;
  /** All of the side, and what the objects that declare their targets say. */
  readonly renderings: readonly Rendering[];
  readonly declared: ReadonlyMap<string, OperatorRecord>;
}

/** A rendered Secret with values that no finding on a source explains. */
export interface Unexplained {
  readonly rendering: RenderedTarget;
  readonly resource: Resource;
  readonly values: readonly RenderedValue[];
}

/** What rendering again has found out about these values. */
export interface Explained {
  /** Findings on the texts that make the values. */
  readonly found: readonly FoundSecrets[];
  /** Identities of values that a chart makes up at random, so that no file contains them. */
  readonly random: ReadonlySet<string>;
  /** Identities of values that a text of the commit gives, even where its line is unknown. */
  readonly committed: ReadonlySet<string>;
}

/**
 * Finds the texts that make values of rendered Secrets: values of charts, parameters of
 * Applications, variables of Flux, what a replacement copies. Each is proven by rendering
 * again with the text changed.
 */
export async function explainValues(
  unexplained: readonly Unexplained[],
  context: CauseContext,
): Promise<Explained> {
  const places = new TextPlaces(context);
  const replies = await Promise.all(
    [...byRendering(unexplained)].map(async ([rendering, all]) => ({
      rendering,
      all,
      reply: await ask(rendering, all, context),
    })),
  );
  const found: FoundSecrets[] = [];
  for (const { rendering, all, reply } of replies) {
    for (const cause of reply.causes) {
      const location = await placeOf(cause, rendering, places);
      if (location !== null) append(found, foundBy(cause, location, { rendering, all }));
    }
  }
  return {
    found,
    random: new Set(replies.flatMap(({ reply }) => reply.random)),
    committed: new Set(replies.flatMap(({ reply }) => reply.causes.map(({ value }) => value))),
  };
}

function byRendering(unexplained: readonly Unexplained[]): Map<RenderedTarget, Unexplained[]> {
  const all = new Map<RenderedTarget, Unexplained[]>();
  for (const one of unexplained) all.set(one.rendering, [...(all.get(one.rendering) ?? []), one]);
  return all;
}

async function ask(
  { target }: RenderedTarget,
  all: readonly Unexplained[],
  { engine, snapshot, redactor, signal }: CauseContext,
): Promise<CausesReply> {
  if (target.source.tool === 'none') return { random: [], causes: [], fields: [], renders: [] };
  const reply = await engine.findCauses(
    {
      gitDir: snapshot.gitDir,
      commit: snapshot.commit,
      source: target.source,
      redaction: { mode: 'digest', key: redactor.key },
      values: [...new Set(all.flatMap(({ values }) => values.map(({ value }) => value.identity())))],
    },
    signal,
  );
  redactor.unsealSecrets(reply.sealed);
  return reply;
}

async function placeOf(
  { path, line, text }: Cause,
  { target }: RenderedTarget,
  places: TextPlaces,
): Promise<Location | null> {
  if (path !== '') return { path, startLine: line, endLine: line };
  return places.of(text, target.id);
}

function foundBy(
  { value: digest, field, path }: Cause,
  location: Location,
  { rendering, all }: { readonly rendering: RenderedTarget; readonly all: readonly Unexplained[] },
): FoundSecrets[] {
  const isHelmValue = hasChart(rendering.target.source) && !/(?:^|\/)templates\//.test(path);
  return all.flatMap(({ resource, values }) =>
    values
      .filter(({ value }) => value.identity() === digest)
      .map((value) => ({
        path: location.path,
        targets: [rendering.target.id],
        violation: causeViolation({ resource, value, field, location, isHelmValue }),
      })),
  );
}

function hasChart(source: RenderedTarget['target']['source']): boolean {
  return isHelm(source.tool === 'combined' ? source.sources : [source]);
}

function isHelm(sources: readonly (RenderSource | { readonly tool: 'none' })[]): boolean {
  return sources.some(({ tool }) => tool === 'helm');
}
