import type { Template, TemplateResult } from '../../../engine/engine.ts';
import type { FieldPath, ManifestValue } from '../../../model/manifest.ts';
import { type GeneratorContext, GeneratorMistake, type Parameters } from './generatorContext.ts';
import { ofTemplate } from './templateMistake.ts';

/** Something with templates, and the parameters for it. */
export interface Templated {
  readonly template: ManifestValue;
  readonly parameters: Parameters;
  readonly patch?: string | undefined;
  /** Instead of the ApplicationSet's own. */
  readonly options?: readonly string[] | undefined;
}

/** Renders templates by the engine, each with its own parameters. */
export async function renderAll(
  items: readonly Templated[],
  { follow, goTemplate, options }: GeneratorContext,
): Promise<readonly TemplateResult[]> {
  if (items.length === 0) return [];
  const templates = items.map(
    (item): Template => ({
      template: item.template,
      parameters: goTemplate ? item.parameters : texts(item.parameters),
      goTemplate,
      options: item.options ?? options,
      ...(item.patch === undefined ? {} : { patch: item.patch }),
    }),
  );
  return follow.engine.renderTemplates(templates);
}

/** @throws {GeneratorMistake} at the first template that does not render. */
export async function renderOrThrow(
  items: readonly Templated[],
  context: GeneratorContext,
  fieldPath: FieldPath,
): Promise<ManifestValue[]> {
  const results = await renderAll(items, context);
  return results.map((item) => {
    if ('error' in item) throw new GeneratorMistake(ofTemplate(item.error), fieldPath);
    // The engine gives back JSON where it is given JSON.
    return item.result as ManifestValue;
  });
}

/** Simple templates leave what is no text as if it were not there. */
function texts(parameters: Parameters): Parameters {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => typeof value === 'string'));
}
