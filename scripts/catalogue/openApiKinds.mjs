import { readGoModule } from './goModule.mjs';

const DEFINITION = '#/definitions/';

/** Types that are read by code of their own, which reads more than a document says. */
const READ_OTHERWISE = {
  'io.argoproj.events.v1alpha1.Amount': anything(),
  'io.argoproj.events.v1alpha1.Int64OrString': { 'x-kubernetes-int-or-string': true },
  'io.argoproj.events.v1alpha1.K8SResource': anyFields(),
  'io.k8s.apimachinery.pkg.api.resource.Quantity': anything(),
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { 'x-kubernetes-int-or-string': true },
  'io.k8s.apimachinery.pkg.runtime.RawExtension': anyFields(),
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': anyFields(),
};

/**
 * Kinds without a CustomResourceDefinition that says anything, from the OpenAPI document of a Go
 * module: as a definition each, with fields and types. Which fields are required the project's code
 * says, not the document. So it is with what an API server of its own serves.
 * @returns {{sum: string, licence: string, files: {path: string, text: string}[]}}
 */
export function readOpenApiKinds({ module, version, openApi, kinds }) {
  const { sum, licence, files } = readGoModule({ module, version, files: openApi });
  const [{ path, text }] = files;
  const { definitions } = JSON.parse(text);
  const texts = kinds.map((kind) => JSON.stringify(definitionOf(kind, definitions)));
  return { sum, licence, files: texts.map((definition) => ({ path, text: definition })) };
}

function definitionOf({ group, version, kind, scope, type }, definitions) {
  const schema = structural({ $ref: `${DEFINITION}${type}` }, definitions);
  const properties = { ...schema.properties, metadata: { type: 'object' } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${kind}.${group}` },
    spec: {
      group,
      scope,
      names: { kind },
      versions: [
        {
          name: version,
          served: true,
          schema: { openAPIV3Schema: { ...schema, properties } },
          ...(properties.status !== undefined && { subresources: { status: {} } }),
        },
      ],
    },
  };
}

/** A schema without references, and without what is no rule of the server's. */
function structural(schema, definitions, outer = []) {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.slice(DEFINITION.length);
    // What may stand within itself has no end.
    if (outer.includes(name)) return anything();
    return READ_OTHERWISE[name] ?? structural(definitions[name], definitions, [...outer, name]);
  }
  const { type, format, items, properties, additionalProperties } = schema;
  const inside = (part) => structural(part, definitions, outer);
  return {
    type,
    ...(format !== undefined && { format }),
    ...(items !== undefined && { items: inside(items) }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, inside(part)])),
    }),
    ...(additionalProperties !== undefined && { additionalProperties: inside(additionalProperties) }),
  };
}

function anyFields() {
  return { type: 'object', ...anything() };
}

function anything() {
  return { 'x-kubernetes-preserve-unknown-fields': true };
}
