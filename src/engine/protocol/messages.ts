import type { AdmissionParams, AdmissionReply } from './admission.ts';
import type { KeepArchivesParams, KeepArchivesReply } from './archives.ts';
import type { CausesParams, CausesReply } from './causes.ts';
import type {
  CustomResourceParams,
  CustomResourceReply,
  DefinitionParams,
  DefinitionReply,
} from './customResources.ts';
import type { Description } from './description.ts';
import type { CompileParams, CompileReply, RegoTestParams, RegoTestReply } from './rego.ts';
import type { RenderParams, RenderReply } from './render.ts';
import type { TemplateParams, TemplateReply } from './templates.ts';
import type { ValidateParams, ValidateReply } from './validation.ts';

/** Raised with every change that an engine of another version would misread. */
export const PROTOCOL = 6;

/**
 * What each method of the engine takes and answers; the handlers in engine/main.go are the
 * other side. A file of this folder has the messages of a group of methods.
 */
export interface Messages {
  'admission.validate': { params: AdmissionParams; reply: AdmissionReply };
  'archives.keep': { params: KeepArchivesParams; reply: KeepArchivesReply };
  'causes.find': { params: CausesParams; reply: CausesReply };
  'crd.definitions': { params: DefinitionParams; reply: DefinitionReply };
  'crd.validate': { params: CustomResourceParams; reply: CustomResourceReply };
  describe: { params: object; reply: Description };
  'rego.compile': { params: CompileParams; reply: CompileReply };
  'rego.test': { params: RegoTestParams; reply: RegoTestReply };
  render: { params: RenderParams; reply: RenderReply };
  'resources.validate': { params: ValidateParams; reply: ValidateReply };
  'template.render': { params: TemplateParams; reply: TemplateReply };
}

/** The name of a method that the engine serves. */
export type Method = keyof Messages;

/** Every method that the engine serves. */
export const METHODS: readonly Method[] = [
  'admission.validate',
  'archives.keep',
  'causes.find',
  'crd.definitions',
  'crd.validate',
  'describe',
  'rego.compile',
  'rego.test',
  'render',
  'resources.validate',
  'template.render',
];

/** The process's exit code at its memory limit (engine/internal/memory). */
export const MEMORY_EXIT_CODE = 77;

/** The process's exit code where calls nest without end. */
export const DEPTH_EXIT_CODE = 78;
