import type { Archives } from '../model/archives.ts';
import type { AdmissionParams, AdmissionReply } from './protocol/admission.ts';
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

export type { Cause, CauseField, CausesParams, CausesReply, FieldCause, Try } from './protocol/causes.ts';
export type { RemoteAnswers, RemoteNeed } from './protocol/remotes.ts';
export type { RenderParams, RenderReply } from './protocol/render.ts';
export type { Template, TemplateResult } from './protocol/templates.ts';

/** A request with the bytes of the archives that its source, or what was fetched for it, names. */
export type WithArchives<Params> = Params & { readonly archives?: Archives | undefined };

/** What policies say of resources; without results where all of it failed, and then why. */
export interface AdmissionAnswer extends AdmissionReply {
  readonly problem?: string;
}

/** What the stages know of the render engine. */
export interface Engine {
  /**
   * Renders a target. What goes wrong with the target, a time-out and a crash included, is
   * in the reply.
   * @throws when aborted, and when the engine cannot be started.
   */
  render(params: WithArchives<RenderParams>, signal?: AbortSignal): Promise<RenderReply>;
  /**
   * Which texts of a target's input make values of its Secrets, and fields of its other
   * resources. Of what takes too long or crashes the engine nothing is known.
   * @throws when aborted, and when the engine cannot be started.
   */
  findCauses(params: WithArchives<CausesParams>, signal?: AbortSignal): Promise<CausesReply>;
  /**
   * Renders templates of ApplicationSets, one result for each in order. One that is wrong,
   * that takes too long or crashes the engine gives its error; the others their results.
   * @throws when aborted, and when the engine cannot be started.
   */
  renderTemplates(templates: readonly Template[], signal?: AbortSignal): Promise<readonly TemplateResult[]>;
  /** Compiles Rego to WebAssembly; errors of the modules are in the reply. */
  compileRego(params: CompileParams, signal?: AbortSignal): Promise<CompileReply>;
  /** Runs the tests among Rego modules. */
  testRego(params: RegoTestParams): Promise<RegoTestReply>;
  /**
   * Checks custom resources by the CEL rules of one schema. A resource of which the rules
   * take too long or crash the engine is unchecked; the others have their results.
   * @throws when aborted, and when the engine cannot be started.
   */
  checkCustomResources(params: CustomResourceParams, signal?: AbortSignal): Promise<CustomResourceReply>;
  /** Checks the CEL rules of CustomResourceDefinitions as the API server does, likewise. */
  checkDefinitions(params: DefinitionParams, signal?: AbortSignal): Promise<DefinitionReply>;
  /**
   * What the API server of a version says of built-in objects, one result for each in order.
   * One that takes too long or crashes the engine has its problem; the others their results.
   * @throws when aborted, and when the engine cannot be started.
   */
  validate(params: ValidateParams, signal?: AbortSignal): Promise<readonly ObjectValidation[]>;
  /** Asks ValidatingAdmissionPolicies about resources; a failure of all is in the reply. */
  checkAdmission(params: AdmissionParams, signal?: AbortSignal): Promise<AdmissionAnswer>;
  describe(): Promise<Description>;
}
