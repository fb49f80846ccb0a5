import type { Annotation, CheckRun, World } from '../world.ts';
import { appObject } from './app.ts';
import { checkSuiteParts } from './checkSuite.ts';
import { type Json, nodeId } from './json.ts';
import { checkPullObjects } from './pull.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';

/** https://docs.github.com/rest/checks/runs#get-a-check-run */
export function checkRunObject(world: World, run: CheckRun): Json {
  const url = `${repositoryUrl(world, run.repository)}/check-runs/${run.id}`;
  const page = `${repositoryPage(world, run.repository)}/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('CheckRun', run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite.id },
    app: appObject(world),
    pull_requests: checkPullObjects(world, run.headSha),
  };
}

/** A check run as a webhook carries it: with its suite. */
export function checkRunPayload(world: World, run: CheckRun): Json {
  return { ...checkRunObject(world, run), check_suite: checkSuiteParts(world, run.suite) };
}

/** https://docs.github.com/rest/checks/runs#list-check-run-annotations */
export function annotationObject(world: World, run: CheckRun, annotation: Annotation): Json {
  return {
    path: annotation.path,
    blob_href: `${repositoryPage(world, run.repository)}/blob/${run.headSha}/${annotation.path}`,
    start_line: annotation.start_line,
    end_line: annotation.end_line,
    start_column: annotation.start_column ?? null,
    end_column: annotation.end_column ?? null,
    annotation_level: annotation.annotation_level,
    title: annotation.title ?? null,
    message: annotation.message,
    raw_details: annotation.raw_details ?? null,
  };
}
