import { availableParallelism } from 'node:os';
import PQueue from 'p-queue';
import type { RenderProblem } from '../model/rendering.ts';
import type { Engine } from './engine.ts';
import { EngineEnded, EngineProcess } from './process.ts';
import type { AdmissionParams, AdmissionReply } from './protocol/admission.ts';
import type { CausesParams, CausesReply } from './protocol/causes.ts';
import type {
  CustomResourceParams,
  CustomResourceReply,
  DefinitionParams,
  DefinitionReply,
} from './protocol/customResources.ts';
import type { Description } from './protocol/description.ts';
import type { Messages, Method } from './protocol/messages.ts';
import type { CompileParams, CompileReply, RegoTestParams, RegoTestReply } from './protocol/rego.ts';
import type { RenderParams, RenderReply } from './protocol/render.ts';
import type { Template, TemplateResult } from './protocol/templates.ts';
import type { ObjectValidation, ValidateParams } from './protocol/validation.ts';

export interface EnginePoolOptions {
  /** Processes; by default as many as the machine has cores, at most four. */
  readonly size?: number;
  /** Milliseconds that one render may take; 30,000 by default. Compiling gets twice that. */
  readonly timeoutMs?: number;
  /** Bytes that one process may hold; 2 GiB by default. */
  readonly memoryLimitBytes?: number;
  /** The engine's path, where it is not the built one. */
  readonly binary?: string;
  /** Hears of processes that ended in the middle of a request. */
  readonly onEnded?: (error: Error) => void;
}

const GIBIBYTE = 2 ** 30;

/** Thrown inside the pool when a request takes too long. */
class TimedOut extends Error {}

/**
 * Engine processes that are started when first needed and kept. Each serves one request at
 * a time, because kustomize keeps global state and so that a time-out, a crash or too much
 * memory is known to be that one target's: its process is replaced, the others go on.
 */
export class EnginePool implements Engine {
  readonly #options: EnginePoolOptions;
  readonly #queue: PQueue;
  readonly #idle: EngineProcess[] = [];
  readonly #all = new Set<EngineProcess>();

  constructor(options: EnginePoolOptions = {}) {
    this.#options = options;
    this.#queue = new PQueue({ concurrency: options.size ?? Math.min(availableParallelism(), 4) });
  }

  async render(params: RenderParams, signal?: AbortSignal): Promise<RenderReply> {
    const timeout = this.#options.timeoutMs ?? 30_000;
    try {
      return await this.#request('render', params, { timeout, signal });
    } catch (error) {
      const problem = problemOf(error, timeout);
      if (problem === null) throw error;
      return { trace: [], problem };
    }
  }

  async findCauses(params: CausesParams, signal?: AbortSignal): Promise<CausesReply> {
    const timeout = this.#patience();
    try {
      return await this.#request('secrets.causes', params, { timeout, signal });
    } catch (error) {
      if (problemOf(error, timeout) === null) throw error;
      return { random: [], causes: [] };
    }
  }

  async renderTemplates(
    templates: readonly Template[],
    signal?: AbortSignal,
  ): Promise<readonly TemplateResult[]> {
    const timeout = this.#options.timeoutMs ?? 30_000;
    try {
      const reply = await this.#request('template.render', { templates }, { timeout, signal });
      return reply.results;
    } catch (error) {
      const problem = problemOf(error, timeout);
      if (problem === null) throw error;
      if (templates.length === 1) return [{ error: problem.message }];
      // One of them did it; alone, the others have their results.
      const alone = await Promise.all(templates.map((template) => this.renderTemplates([template], signal)));
      return alone.flat();
    }
  }

  async compileRego(params: CompileParams, signal?: AbortSignal): Promise<CompileReply> {
    return this.#request('rego.compile', params, { timeout: this.#patience(), signal });
  }

  async testRego(params: RegoTestParams): Promise<RegoTestReply> {
    return this.#request('rego.test', params, { timeout: this.#patience() });
  }

  async checkCustomResources(
    params: CustomResourceParams,
    signal?: AbortSignal,
  ): Promise<CustomResourceReply> {
    const timeout = this.#patience();
    try {
      return await this.#request('crd.validate', params, { timeout, signal });
    } catch (error) {
      const problem = problemOf(error, timeout);
      if (problem === null) throw error;
      return this.#withoutCulprit(params, `they could not be evaluated (${problem.kind})`, signal);
    }
  }

  /** The results of those resources that a request survives. */
  async #withoutCulprit(
    params: CustomResourceParams,
    problem: string,
    signal?: AbortSignal,
  ): Promise<CustomResourceReply> {
    const { resources } = params;
    if (resources.length === 0) return { problem, transitions: false, results: [] };
    const schema = await this.checkCustomResources({ ...params, resources: [] }, signal);
    if (schema.problem !== undefined) return schema;
    if (resources.length === 1) return { ...schema, results: [{ violations: [], unchecked: [problem] }] };
    const middle = Math.ceil(resources.length / 2);
    const halves = await Promise.all(
      [resources.slice(0, middle), resources.slice(middle)].map((half) =>
        this.checkCustomResources({ ...params, resources: half }, signal),
      ),
    );
    return { ...schema, results: halves.flatMap(({ results }) => results) };
  }

  async checkDefinitions(params: DefinitionParams, signal?: AbortSignal): Promise<DefinitionReply> {
    const timeout = this.#patience();
    try {
      return await this.#request('crd.definitions', params, { timeout, signal });
    } catch (error) {
      const problem = problemOf(error, timeout);
      if (problem === null) throw error;
      const unchecked = [`its rules could not be compiled (${problem.kind})`];
      return { results: params.definitions.map(() => ({ violations: [], unchecked })) };
    }
  }

  async validate(params: ValidateParams, signal?: AbortSignal): Promise<readonly ObjectValidation[]> {
    const timeout = this.#options.timeoutMs ?? 30_000;
    const { version, objects } = params;
    try {
      const reply = await this.#request('resources.validate', params, { timeout, signal });
      return reply.results;
    } catch (error) {
      const problem = problemOf(error, timeout);
      if (problem === null) throw error;
      if (objects.length === 1)
        return [{ checked: false, problem: STOPPED[problem.kind] ?? problem.message }];
      const alone = await Promise.all(
        objects.map((object) => this.validate({ version, objects: [object] }, signal)),
      );
      return alone.flat();
    }
  }

  async checkAdmission(params: AdmissionParams, signal?: AbortSignal): Promise<AdmissionReply> {
    const timeout = this.#patience();
    try {
      return await this.#request('admission.validate', params, { timeout, signal });
    } catch (error) {
      const problem = problemOf(error, timeout);
      if (problem === null) throw error;
      return { problem: `it could not be evaluated (${problem.kind})`, results: [] };
    }
  }

  async describe(): Promise<Description> {
    return this.#request('describe', {}, { timeout: this.#patience() });
  }

  /** Ends all processes. Requests that still run fail. */
  async close(): Promise<void> {
    this.#queue.clear();
    await Promise.all([...this.#all].map((process) => process.kill()));
    this.#all.clear();
    this.#idle.length = 0;
  }

  #patience(): number {
    return 2 * (this.#options.timeoutMs ?? 30_000);
  }

  async #request<M extends Method>(
    method: M,
    params: Messages[M]['params'],
    { timeout, signal }: { timeout: number; signal?: AbortSignal | undefined },
  ): Promise<Messages[M]['reply']> {
    return this.#queue.add(
      async () => {
        signal?.throwIfAborted();
        const process = this.#take();
        try {
          return await limited(process.request(method, params), timeout, signal);
        } catch (error) {
          if (error instanceof EngineEnded) this.#options.onEnded?.(error);
          // Whatever it still does for this request would be the next one's wait.
          await process.kill();
          throw error;
        } finally {
          this.#giveBack(process);
        }
      },
      signal === undefined ? {} : { signal },
    );
  }

  #take(): EngineProcess {
    const idle = this.#idle.pop();
    if (idle?.alive === true) return idle;
    const process = new EngineProcess({
      binary: this.#options.binary,
      memoryLimitBytes: this.#options.memoryLimitBytes ?? 2 * GIBIBYTE,
    });
    this.#all.add(process);
    return process;
  }

  #giveBack(process: EngineProcess): void {
    if (process.alive) this.#idle.push(process);
    else this.#all.delete(process);
  }
}

async function limited<T>(work: Promise<T>, timeout: number, signal: AbortSignal | undefined): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let abort: (() => void) | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimedOut()), timeout);
    abort = () => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
  });
  // The loser of the race is not awaited by anyone else.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
    if (abort !== undefined) signal?.removeEventListener('abort', abort);
  }
}

/** Why the rules of the API server could not be applied to an object. */
const STOPPED: Readonly<Record<string, string>> = {
  timeout: 'it took too long',
  memory: 'it needed too much memory',
  crash: 'the engine crashed on it',
};

/** The target's problem that a failed request stands for; null where it is none. */
function problemOf(error: unknown, timeout: number): RenderProblem | null {
  const nowhere = { path: null, line: null, subject: null };
  if (error instanceof TimedOut) {
    return {
      kind: 'timeout',
      message: `Rendering took longer than ${timeout / 1000} s and was stopped.`,
      ...nowhere,
    };
  }
  if (!(error instanceof EngineEnded)) return null;
  const message =
    error.kind === 'memory'
      ? 'Rendering needed more memory than it may have and was stopped.'
      : 'The render engine crashed on this target.';
  return { kind: error.kind, message, ...nowhere };
}
