import type { AdmissionResource } from '../../engine/protocol/admission.ts';
import { isBuiltInClusterScoped } from '../../model/clusterScoped.ts';
import { apiVersionOf } from '../../model/resource.ts';
import { givenObject } from '../cel/givenObject.ts';
import { oldObject } from '../cel/ruledResource.ts';
import type { RuledSubject } from '../cel/subject.ts';
import { applyDefaults } from '../schemas/defaults.ts';
import type { SchemaSet } from '../schemas/schemaSet.ts';

/**
 * A subject as it would reach a cluster's admission. Defaults are filled in where they are
 * known: for custom resources; those of built-in kinds only the API server has.
 */
export function admissionResource(subject: RuledSubject, schemas: SchemaSet): AdmissionResource {
  const { resource, before } = subject;
  const [version, ...others] = schemas.customVersions(`${apiVersionOf(resource)} ${resource.kind}`);
  const schema = others.length === 0 && version?.reason === null ? version.schema : undefined;
  const given = givenObject(resource.manifest);
  const old = oldObject(before);
  return {
    ...given,
    object: complete(given.object, schema),
    ...old,
    ...(old.old === undefined ? {} : { old: complete(old.old, schema) }),
    ...(before.status === 'unknown' ? { unknown: before.reason } : {}),
    ...(version?.resource === undefined ? {} : { resource: version.resource }),
    namespaced: version?.namespaced ?? !isBuiltInClusterScoped(resource.group, resource.kind),
    complete: schema !== undefined,
  };
}

function complete(object: unknown, schema: unknown): unknown {
  // Redacted values become the text that stands for them, which is no mapping to look into.
  return schema === undefined ? object : applyDefaults(JSON.parse(JSON.stringify(object)), schema);
}
