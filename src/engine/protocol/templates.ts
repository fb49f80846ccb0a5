/** Templates to render, each for itself. */
export interface TemplateParams {
  readonly templates: readonly Template[];
}

/** One result for each template, in order. */
export interface TemplateReply {
  readonly results: readonly TemplateResult[];
}

/** One template of an ApplicationSet with one set of parameters. */
export interface Template {
  /** Any JSON; its strings are templates, keys too. */
  readonly template: unknown;
  /** As the generator gives them; nested ones get names with dots for the simple form. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** False: the simple form, `{{ name }}`, where an unknown name stays. */
  readonly goTemplate: boolean;
  /** Such as `missingkey=error`. */
  readonly options: readonly string[];
  /** A templatePatch: a template itself, merged over the result. */
  readonly patch?: string | undefined;
}

/** What one template gives. */
export type TemplateResult = { readonly result: unknown } | { readonly error: string };
