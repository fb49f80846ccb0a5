import { byConcern, type Finding, type Location } from '../model/finding.ts';
import { formatFieldPath } from '../model/manifest.ts';
import { apiVersionOf, type ResourceId } from '../model/resource.ts';
import type { Change, ExceptedFinding, Review, TargetResult } from '../model/review.ts';
import { gapsOf } from './figures.ts';
import { visibleJson } from './visible.ts';

/**
 * A review as JSON, two-space indented with a final line break. The fields and their
 * order are a contract: `schemas/report.schema.json`.
 */
export function renderJson(review: Review): string {
  const { base, head, verdict, verdicts, gate } = review;
  const report = {
    schemaVersion: 1,
    base,
    head,
    verdict,
    verdicts: byConcern((concern) => verdicts[concern]),
    gate,
    targets: review.targets.map(targetJson),
    changes: review.changes.map(changeJson),
    findings: review.findings.map(findingJson),
    excepted: review.excepted.map(exceptedJson),
    notValidated: gapsOf(review.notValidated).map(({ subject, reason }) => ({ subject, reason })),
  };
  return `${visibleJson(report, 2)}\n`;
}

function targetJson(target: TargetResult) {
  const { id, kind, path, cluster, environment, affected, status, baseFailed } = target;
  const { waits, stops, resumes, moves } = target;
  return {
    id,
    kind,
    path,
    cluster,
    environment,
    affected,
    status,
    ...(baseFailed && { baseFailed }),
    ...(waits !== undefined && { waits }),
    ...(stops !== undefined && { stops }),
    ...(resumes && { resumes }),
    ...(moves !== undefined && { moves: { from: moves.from, to: moves.to, effect: moves.effect } }),
  };
}

function changeJson({ target, resource, change, diff, removal }: Change) {
  const effect = removal && { removal: { effect: EFFECTS[removal.fate], reason: removal.reason } };
  return { target, resource: resourceJson(resource), change, diff, ...effect };
}

const EFFECTS = { deleted: 'removes', kept: 'leavesBehind', unknown: 'unknown' } as const;

function findingJson(finding: Finding) {
  const { rule, severity, status, message, resource, fieldPath, targets, location, otherLocations } = finding;
  return {
    rule,
    severity,
    status,
    message,
    resource: resource === null ? null : resourceJson(resource),
    fieldPath: fieldPath === null ? null : formatFieldPath(fieldPath),
    targets,
    location: location === null ? null : placeJson(location),
    ...(otherLocations !== undefined && { otherLocations: otherLocations.map(placeJson) }),
  };
}

function placeJson({ path, startLine, endLine }: Location) {
  return { path, startLine, endLine };
}

function exceptedJson({ exception, ...finding }: ExceptedFinding) {
  const { source, reason, expires } = exception;
  return { finding: findingJson(finding), exception: { source, reason, expires } };
}

function resourceJson(resource: ResourceId) {
  const { kind, namespace, name } = resource;
  return { apiVersion: apiVersionOf(resource), kind, namespace, name };
}
