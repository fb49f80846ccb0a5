import type {
  CausesParams,
  CausesReply,
  Engine,
  RemoteAnswers,
  RemoteNeed,
  RenderParams,
  RenderReply,
} from '../engine/engine.ts';
import type { AskedInput, FetchedInput, RefusedInput } from '../model/fetchedInput.ts';
import type { KeyedSource } from '../model/keyedSource.ts';
import type { RemoteInputs } from '../model/remoteInputs.ts';
import { type AnsweredInput, askInput } from './askInput.ts';

/** The methods of the engine that render. */
export interface RenderEngine {
  /** As {@link Engine.render}. */
  render(params: OfKeyed<RenderParams>, signal?: AbortSignal): Promise<KnownReply>;
  /** As {@link Engine.findCauses}. */
  findCauses(params: OfKeyed<CausesParams>, signal?: AbortSignal): Promise<CausesReply>;
}

/** A reply with what of other places was fetched for it, and what it was refused. */
export type KnownReply = RenderReply & {
  readonly fetched?: readonly FetchedInput[];
  readonly refused?: readonly RefusedInput[];
};

/** A request of a source that has a key, by which it is known again. */
type OfKeyed<Params> = Params & { readonly source: KeyedSource };

/** More than any base has below it; each round fetches all that is known to be needed. */
const MAX_ROUNDS = 50;

/** What a render had so far. */
interface Had {
  readonly answers: RemoteAnswers;
  readonly inputs: readonly FetchedInput[];
}

const NOTHING: Had = { answers: { files: [], charts: [], repositories: [] }, inputs: [] };

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
  const known = new Map<string, Had>();
  return {
    findCauses: (params, signal) => {
      const { answers } = known.get(params.source.key) ?? NOTHING;
      return engine.findCauses({ ...params, ...given(answers), archives }, signal);
    },
    async render(params, signal) {
      const { key } = params.source;
      let had = known.get(key) ?? NOTHING;
      for (let round = 0; round < MAX_ROUNDS; round++) {
        const reply = await engine.render({ ...params, ...given(had.answers), archives }, signal);
        if (!('problem' in reply)) return had === NOTHING ? reply : { ...reply, fetched: had.inputs };
        if (reply.needs === undefined || reply.needs.length === 0) return reply;
        const found = await Promise.all(reply.needs.map((need) => answer(need, remote)));
        had = found.reduce<Had>((all, one) => ('refused' in one ? all : merged(all, one)), had);
        const refusals = found.filter((one) => 'refused' in one);
        if (refusals.length > 0) return { ...withWords(reply, refusals), fetched: had.inputs };
        known.set(key, had);
      }
      return endless(params);
    },
  };
}

function given(answers: RemoteAnswers): Pick<RenderParams, 'remotes'> {
  return answers === NOTHING.answers ? {} : { remotes: answers };
}

interface Refusal extends RefusedInput {
  readonly subject: string;
}

async function answer(
  need: RemoteNeed,
  remote: RemoteInputs,
): Promise<(AnsweredInput & { readonly asked: AskedInput }) | Refusal> {
  const asked = askedOf(need);
  const found = await askInput(asked, remote);
  return 'refused' in found ? { ...found, asked, subject: need.subject } : { ...found, asked };
}

function askedOf(need: RemoteNeed): AskedInput {
  if (need.kind === 'file') return { kind: need.kind, url: need.url, orRepository: need.orRepository };
  if (need.kind === 'repository') {
    return { kind: need.kind, repository: need.repository, ref: need.ref ?? '' };
  }
  const { kind, repository, chart, version = '' } = need;
  return { kind, repository, chart, version };
}

function merged(
  { answers, inputs }: Had,
  { answer, asked, id }: AnsweredInput & { readonly asked: AskedInput },
): Had {
  return {
    answers: {
      files: [...answers.files, ...(answer.files ?? [])],
      charts: [...answers.charts, ...(answer.charts ?? [])],
      repositories: [...answers.repositories, ...(answer.repositories ?? [])],
    },
    inputs: [...inputs, { asked, id }],
  };
}

/** A reply that says why something was refused: the first of them stands for all. */
function withWords(
  reply: Extract<RenderReply, { problem: unknown }>,
  refusals: readonly Refusal[],
): KnownReply {
  const { trace, problem } = reply;
  const [{ refused, subject } = { refused: problem.message, subject: problem.subject }] = refusals;
  return {
    trace,
    problem: { ...problem, message: refused, subject },
    refused: refusals.map(({ asked, refused }) => ({ asked, refused })),
  };
}

function endless({ source }: RenderParams): RenderReply {
  const message = `Its remote bases lead to others without end; after ${MAX_ROUNDS} of them rendering was stopped.`;
  const subject = 'path' in source ? source.path : null;
  return { trace: [], problem: { kind: 'cycle', message, path: null, line: null, subject } };
}
