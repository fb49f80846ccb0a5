import type { Before, RuledSubject } from '../../../src/checks/cel/subject.ts';
import { openSchemaSet, type SchemaSet } from '../../../src/checks/schemas/schemaSet.ts';
import type { Resource } from '../../../src/model/resource.ts';
import { target } from '../../helpers/targets.ts';
import { resourceOf } from '../schemas/manifests.ts';

/** The definition of a Widget whose spec has these rules, each a flow mapping of YAML. */
export function definition(...rules: string[]): Resource {
  return resourceOf(`apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: Widget, plural: widgets }
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            properties: { min: { type: integer, default: 1 }, max: { type: integer } }
            x-kubernetes-validations: [${rules.join(', ')}]
`);
}

export function widget(spec: string): Resource {
  return resourceOf(`apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w }\nspec: ${spec}\n`);
}

/** A resource that the base had in this form, or not at all. */
export function subject(resource: Resource, before: Resource | null = null): RuledSubject {
  return { target: target(), resource, before: { status: 'known', resource: before } };
}

/** A resource of which nobody knows what the base had. */
export function withUnknownBase(resource: Resource): RuledSubject {
  const before: Before = { status: 'unknown', reason: 'the base cannot be rendered' };
  return { target: target(), resource, before };
}

/** The schemas of a cluster that has these definitions. */
export async function schemasWith(...definitions: Resource[]): Promise<SchemaSet> {
  const schemas = await openSchemaSet({ kubernetesVersion: '1.37' });
  return schemas.withCustomDefinitions(definitions.map(({ manifest }) => manifest));
}
