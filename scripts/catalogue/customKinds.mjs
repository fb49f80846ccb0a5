import { loadAll, YAML11_SCHEMA } from 'js-yaml';
import { compactSchema } from './compactSchema.mjs';

/**
 * The versions that the CustomResourceDefinitions of a manifest serve, by `apiVersion kind`.
 * @param dropped keywords of their schemas to leave out.
 * @returns {[string, object][]}
 */
export function customKinds(text, path, dropped) {
  return loadAll(indentQuoted(withoutTemplates(text)), { schema: YAML11_SCHEMA })
    .filter((document) => document?.kind === 'CustomResourceDefinition')
    .flatMap((definition) => versionsOf(definition, path, dropped));
}

function versionsOf({ apiVersion, metadata, spec }, path, dropped) {
  if (apiVersion !== 'apiextensions.k8s.io/v1') throw new Error(`${path}: ${metadata.name} is ${apiVersion}`);
  return spec.versions
    .filter(({ served }) => served)
    .map((version) => {
      const schema = version.schema?.openAPIV3Schema;
      if (schema === undefined) throw new Error(`${path}: ${metadata.name} ${version.name} has no schema`);
      const kind = {
        scope: spec.scope,
        ...(version.subresources?.status !== undefined && { status: true }),
        ...(version.deprecated && { deprecated: version.deprecationWarning ?? true }),
        schema: compactSchema(schema, dropped),
      };
      return [`${spec.group}/${version.name} ${spec.names.kind}`, kind];
    });
}

/** In a chart's definitions only labels and the namespace of a webhook come from templates. */
function withoutTemplates(text) {
  return text.replace(/^( *(?:labels:|namespace:)?) *\{\{-? .*\}\}$/gm, '$1');
}

/**
 * Go's YAML reader lets the lines of a quoted text begin where its key does; YAML does not.
 * Leading blanks are no part of such a text.
 */
function indentQuoted(text) {
  let open = false;
  return text
    .split('\n')
    .map((line) => {
      const within = open;
      const quotes = line.split("'").length - 1;
      if (within || /^\s*(?:- )?[\w-]+: '/.test(line)) open = open !== (quotes % 2 === 1);
      return within ? `                ${line}` : line;
    })
    .join('\n');
}
