import { availableParallelism } from 'node:os';
import type { AdmissionAnswer, Engine, WithArchives } from './engine.ts';
import { answerOr } from './failure.ts';
import { EngineProcesses } from './processes.ts';
import type { AdmissionParams } from './protocol/admission.ts';
import type { CausesParams, CausesReply } from './protocol/causes.ts';
import type {
  CustomResourceParams,
  CustomResourceReply,
  DefinitionParams,
  DefinitionReply,
} from './protocol/customResources.ts';
import type { Description } from './protocol/description.ts';
import type { CompileParams, CompileReply, RegoTestParams, RegoTestReply } from './protocol/rego.ts';
import type { RenderParams, RenderReply } from './protocol/render.ts';
import type { Template, TemplateResult } from './protocol/templates.ts';
import type { ObjectValidation, ValidateParams } from './protocol/validation.ts';

/** How the engine is run; every field has a default. */
export interface EnginePoolOptions {
  /** Processes; by default as many as the machine has cores, at most four. */
  readonly size?: number;
  /** Milliseconds that one render may take; 30,000 by default. Compiling gets twice that. */
  readonly timeoutMs?: number;
  /** Bytes that one process may hold; 2 GiB by default. */
  readonly memoryLimitBytes?: number;
  /** The engine's path, where it is not the built one. */
  readonly binary?: string;
  /** The repository that is reviewed, where there is one alone: each process may read it from its start. */
  readonly gitDir?: string;
  /** Hears of processes that ended in the middle of a request. */
  readonly onEnded?: (error: Error) => void;
}

const GIBIBYTE = 2 ** 30;

/** The engine, in processes of its own. What one request does to its process is no other's. */
export class EnginePool implements Engine {
  readonly #processes: EngineProcesses;
  readonly #timeout: number;
  /** For what takes longer than a render. */
  readonly #patience: number;

  constructor(options: EnginePoolOptions = {}) {
    this.#timeout = options.timeoutMs ?? 30_000;
    this.#patience = 2 * this.#timeout;
    this.#processes = new EngineProcesses({
      size: options.size ?? Math.min(availableParallelism(), 4),
      memoryLimitBytes: options.memoryLimitBytes ?? 2 * GIBIBYTE,
      binary: options.binary,
      gitDir: options.gitDir,
      onEnded: options.onEnded,
    });
  }

  async render(
    { archives, ...params }: WithArchives<RenderParams>,
    signal?: AbortSignal,
  ): Promise<RenderReply> {
    const options = { timeout: this.#timeout, signal, names: { ...params, archives } };
    return answerOr(this.#processes.request('render', params, options), (problem) => ({
      trace: [],
      problem,
    }));
  }

  async findCauses(
    { archives, ...params }: WithArchives<CausesParams>,
    signal?: AbortSignal,
  ): Promise<CausesReply> {
    // A target is rendered up to fifty times.
    const options = { timeout: 2 * this.#patience, signal, names: { ...params, archives } };
    return answerOr(this.#processes.request('causes.find', params, options), () => ({
      random: [],
      causes: [],
      fields: [],
      renders: [],
    }));
  }

  async renderTemplates(
    templates: readonly Template[],
    signal?: AbortSignal,
  ): Promise<readonly TemplateResult[]> {
    const options = { timeout: this.#timeout, signal };
    const { results } = await answerOr(
      this.#processes.request('template.render', { templates }, options),
      async ({ message }) => ({
        results:
          templates.length === 1
            ? [{ error: message }]
            : await eachAlone(templates, (one) => this.renderTemplates(one, signal)),
      }),
    );
    return results;
  }

  async compileRego(params: CompileParams, signal?: AbortSignal): Promise<CompileReply> {
    return this.#processes.request('rego.compile', params, { timeout: this.#patience, signal });
  }

  async testRego(params: RegoTestParams): Promise<RegoTestReply> {
    return this.#processes.request('rego.test', params, { timeout: this.#patience });
  }

  async checkCustomResources(
    params: CustomResourceParams,
    signal?: AbortSignal,
  ): Promise<CustomResourceReply> {
    return answerOr(
      this.#processes.request('crd.validate', params, { timeout: this.#patience, signal }),
      ({ kind }) => this.#withoutCulprit(params, `they could not be evaluated (${kind})`, signal),
    );
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
    return answerOr(
      this.#processes.request('crd.definitions', params, { timeout: this.#patience, signal }),
      ({ kind }) => {
        const unchecked = [`its rules could not be compiled (${kind})`];
        return { results: params.definitions.map(() => ({ violations: [], unchecked })) };
      },
    );
  }

  async validate(params: ValidateParams, signal?: AbortSignal): Promise<readonly ObjectValidation[]> {
    const { version, objects } = params;
    const { results } = await answerOr(
      this.#processes.request('resources.validate', params, { timeout: this.#timeout, signal }),
      async ({ kind }) => ({
        results:
          objects.length === 1
            ? [{ checked: false, problem: STOPPED[kind] }]
            : await eachAlone(objects, (one) => this.validate({ version, objects: one }, signal)),
      }),
    );
    return results;
  }

  async checkAdmission(params: AdmissionParams, signal?: AbortSignal): Promise<AdmissionAnswer> {
    return answerOr(
      this.#processes.request('admission.validate', params, { timeout: this.#patience, signal }),
      ({ kind }) => ({ problem: `it could not be evaluated (${kind})`, results: [] }),
    );
  }

  async describe(): Promise<Description> {
    return this.#processes.request('describe', {}, { timeout: this.#patience });
  }

  /** Ends all processes. Requests that still run fail. */
  async close(): Promise<void> {
    await this.#processes.close();
  }
}

/** Asks about each by itself, where one of them is the reason that there is no answer for all. */
async function eachAlone<Item, Result>(
  items: readonly Item[],
  ask: (one: readonly Item[]) => Promise<readonly Result[]>,
): Promise<Result[]> {
  return (await Promise.all(items.map((item) => ask([item])))).flat();
}

/** Why the rules of the API server could not be applied to an object. */
const STOPPED: Readonly<Record<'timeout' | 'memory' | 'crash', string>> = {
  timeout: 'it took too long',
  memory: 'it needed too much memory',
  crash: 'the engine crashed on it',
};
