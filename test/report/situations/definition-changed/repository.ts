import { kustomization, type Situation } from '../parts.ts';

const made = (old: string, fields: string, pattern: string) => ({
  'platform/kustomization.yaml': kustomization(['definition.yaml']),
  'platform/definition.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: tenants.acme.example
spec:
  group: acme.example
  scope: Namespaced
  names: { kind: Tenant, plural: tenants, singular: tenant, listKind: TenantList }
  versions:
${old}    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                owner: { type: string${pattern} }
${fields}`,
});
const OLD = `    - name: v1beta1
      served: true
      storage: false
      schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } }
`;
/** A definition loses a version and a field, gains a field, and narrows another. */
export const situation: Situation = {
  base: made(OLD, '                size: { type: integer }\n', ''),
  change: made('', '                quota: { type: string }\n', ", pattern: '^[a-z]+$', maxLength: 20"),
};
