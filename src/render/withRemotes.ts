import type {
  CausesParams,
  CausesReply,
  Engine,
  RemoteAnswers,
  RemoteNeed,
  RenderParams,
  RenderReply,
} from '../engine/engine.ts';
import type { KeyedSource } from '../model/keyedSource.ts';
import type { RemoteInputs } from '../model/remoteInputs.ts';

/** The methods of the engine that render. */
export interface RenderEngine {
  /** As {@link Engine.render}. */
  render(params: OfKeyed<RenderParams>, signal?: AbortSignal): Promise<KnownReply>;
  /** As {@link Engine.findCauses}. */
  findCauses(params: OfKeyed<CausesParams>, signal?: AbortSignal): Promise<CausesReply>;
}

/** A reply with whether something of another place was fetched for it. */
export type KnownReply = RenderReply & { readonly fetched?: true };

/** A request of a source that has a key, by which it is known again. */
type OfKeyed<Params> = Params & { readonly source: KeyedSource };

/** More than any base has below it; each round fetches all that is known to be needed. */
const MAX_ROUNDS = 50;

const NOTHING: RemoteAnswers = { files: [], charts: [], repositories: [] };

/**
 * An engine whose renders have what they need of other places, as far as the settings allow
 * it: a render tells what it lacks, that is fetched, and it starts again. What is refused is
 * the target's problem. Equal questions have equal answers, so that renderings of equal
 * sources and files stay equal.
 */
export function withRemotes(
  engine: Pick<Engine, 'render' | 'findCauses'>,
  remote: RemoteInputs,
): RenderEngine {
  const { archives } = remote;
  /** What a source was found to need: it will need it again. */
  const known = new Map<string, RemoteAnswers>();
  return {
    findCauses: (params, signal) => {
      const answers = known.get(params.source.key) ?? NOTHING;
      return engine.findCauses({ ...params, ...given(answers), archives }, signal);
    },
    async render(params, signal) {
      const { key } = params.source;
      let answers = known.get(key) ?? NOTHING;
      for (let round = 0; round < MAX_ROUNDS; round++) {
        const reply = await engine.render({ ...params, ...given(answers), archives }, signal);
        if (!('problem' in reply)) return answers === NOTHING ? reply : { ...reply, fetched: true };
        if (reply.needs === undefined || reply.needs.length === 0) return reply;
        const found = await Promise.all(reply.needs.map((need) => answer(need, remote)));
        const refusal = found.find((one) => 'refused' in one);
        if (refusal !== undefined) return refused(reply, refusal);
        answers = found.reduce<RemoteAnswers>(
          (all, one) => ('refused' in one ? all : merged(all, one)),
          answers,
        );
        known.set(key, answers);
      }
      return endless(params);
    },
  };
}

function given(answers: RemoteAnswers): Pick<RenderParams, 'remotes'> {
  return answers === NOTHING ? {} : { remotes: answers };
}

interface Refusal {
  readonly refused: string;
  readonly subject: string;
}

async function answer(need: RemoteNeed, remote: RemoteInputs): Promise<Partial<RemoteAnswers> | Refusal> {
  const { subject } = need;
  if (need.kind === 'file') {
    const { url, orRepository } = need;
    const found = await remote.file({ url, orRepository });
    if (found === null) return { files: [{ url, none: true }] };
    return 'refused' in found ? { ...found, subject } : { files: [{ url, base64: found.base64 }] };
  }
  if (need.kind === 'chart') {
    const { repository, chart, version = '' } = need;
    const found = await remote.chart({ repository, chart, version });
    if ('refused' in found) return { ...found, subject };
    if (!('archive' in found.place)) throw new Error('a fetched chart is packed');
    return { charts: [{ repository, chart, version, archive: found.place.archive }] };
  }
  const { repository, ref = '' } = need;
  const found = await remote.repository({ repository, ref });
  if ('refused' in found) return { ...found, subject };
  const { gitDir, commit } = found;
  return { repositories: [{ repository, ref, gitDir, commit }] };
}

function merged(one: RemoteAnswers, other: Partial<RemoteAnswers>): RemoteAnswers {
  return {
    files: [...one.files, ...(other.files ?? [])],
    charts: [...one.charts, ...(other.charts ?? [])],
    repositories: [...one.repositories, ...(other.repositories ?? [])],
  };
}

function refused(
  reply: Extract<RenderReply, { problem: unknown }>,
  { refused, subject }: Refusal,
): RenderReply {
  const { trace, problem } = reply;
  return { trace, problem: { ...problem, message: refused, subject } };
}

function endless({ source }: RenderParams): RenderReply {
  const message = `Its remote bases lead to others without end; after ${MAX_ROUNDS} of them rendering was stopped.`;
  const subject = 'path' in source ? source.path : null;
  return { trace: [], problem: { kind: 'cycle', message, path: null, line: null, subject } };
}
