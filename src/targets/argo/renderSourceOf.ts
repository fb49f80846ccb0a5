import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { textAt } from '../../model/manifest.ts';
import type { OperatorRecord } from '../../model/operatorRecord.ts';
import type { RenderSource } from '../../model/renderSource.ts';
import { told } from '../../model/told.ts';
import { isRefusal, type Refusal, refuse } from '../refusal.ts';
import { namespaceOf } from './argoObjects.ts';
import { buildEnvironment } from './buildEnvironment.ts';
import { type DeclaredSource, sourceText } from './declaredSources.ts';
import type { Destination } from './destination.ts';
import { directorySource } from './directorySource.ts';
import { helmSource } from './helmSource.ts';
import { kustomizeSource } from './kustomizeSource.ts';
import { localFolder } from './localFolder.ts';
import { mistake } from './mistake.ts';
import { withOverrides } from './overrides.ts';
import { remoteChart } from './remoteChart.ts';
import type { ArgoContext, SourceContext } from './sourceContext.ts';
import { explicitTypes, typeOfFolder } from './sourceType.ts';
import { inRepository, treeOfSource } from './thisCommit.ts';

/** What a source of an Application renders, and from which folder of this repository. */
export interface FollowedSource {
  /** Null for a source that only lends its files to others. */
  readonly source: RenderSource | null;
  /** The fields that give the layers of its values. */
  readonly layers: OperatorRecord['layers'];
  readonly folder: string | null;
}

/** An Application with what its sources share. */
export interface ApplicationContext {
  readonly argo: ArgoContext;
  readonly application: FoundObject;
  readonly destination: Destination;
  readonly refs: SourceContext['refs'];
}

/** Follows one source as Argo CD's repo server does. */
export async function renderSourceOf(
  { source, fieldPath }: DeclaredSource,
  context: ApplicationContext,
): Promise<FollowedSource | Refusal> {
  const url = sourceText(source, 'repoURL');
  const path = sourceText(source, 'path');
  if (url === '') return mistake(told('no-repo-url')`the source has no repoURL`, fieldPath);
  const isRemote = sourceText(source, 'chart') !== '' || url.startsWith('oci://');
  if (!isRemote && path === '') {
    if (context.refs !== null && sourceText(source, 'ref') !== '')
      return { source: null, layers: [], folder: null };
    return mistake(told('no-path')`the source has neither a path nor a chart`, fieldPath);
  }
  const sourceContext = {
    ...context,
    source,
    declared: source,
    fieldPath,
    folder: null,
    tree: { snapshot: context.argo.snapshot },
    environment: environmentOf(context, source),
  };
  if (isRemote) {
    const chart = await remoteChart(source, context.argo);
    const rendered = isRefusal(chart) ? chart : await helmSource(sourceContext, chart);
    return isRefusal(rendered) ? rendered : { ...rendered, folder: null };
  }
  const tree = await treeOfSource(context.argo, source, path);
  if (isRefusal(tree)) return tree;
  const found = await localFolder(tree.snapshot, path);
  if ('problem' in found) {
    const where = tree.repository?.repository ?? 'this repository';
    return pathMistake({ path, where }, found.problem, [...fieldPath, 'path']);
  }
  return localSource({ ...sourceContext, tree, folder: found.folder }, found.folder);
}

async function localSource(context: SourceContext, folder: string): Promise<FollowedSource | Refusal> {
  const { environment, fieldPath, tree } = context;
  const { snapshot, repository } = tree;
  const instanceName = environment['ARGOCD_APP_NAME'] ?? '';
  const overridden = await withOverrides(context.source, { snapshot, folder, instanceName });
  if ('broken' in overridden) {
    const facts = { file: overridden.broken, said: overridden.error };
    return mistake(told('broken-overrides', facts)`${'file'} is not valid YAML: ${'said'}`, fieldPath);
  }
  const { source } = overridden;
  const types = explicitTypes(source);
  if (types.length > 1)
    return mistake(
      told('several-tools', { tools: types })`the source has fields of several tools: ${'tools'}`,
      fieldPath,
    );
  const rendered = await withTool(types[0] ?? typeOfFolder(snapshot, folder), { ...context, source }, folder);
  if (isRefusal(rendered)) return rendered;
  return { ...rendered, folder: repository === undefined ? folder : null };
}

async function withTool(
  type: ReturnType<typeof typeOfFolder>,
  context: SourceContext,
  folder: string,
): Promise<Omit<FollowedSource, 'folder'> | Refusal> {
  switch (type) {
    case 'kustomize':
      return withoutLayers(await kustomizeSource(context, folder));
    case 'helm':
      return helmSource(context, { path: folder, ...inRepository(context.tree) });
    case 'directory':
      return withoutLayers(directorySource(context, folder));
    case 'plugin': {
      const name = textAt(context.source, Kind.ApplicationSource('plugin', 'name'));
      return refuse(
        `it is rendered by the config management plugin${name === undefined ? '' : ` ${name}`}, which only Argo CD can run`,
      );
    }
  }
}

function withoutLayers(source: RenderSource | Refusal): Omit<FollowedSource, 'folder'> | Refusal {
  return isRefusal(source) ? source : { source, layers: [] };
}

function environmentOf(
  { application, argo, destination }: ApplicationContext,
  source: DeclaredSource['source'],
): SourceContext['environment'] {
  const { name } = application.resource;
  const namespace = namespaceOf(application);
  const project = textAt(application.resource.manifest, Kind.Application('spec', 'project')) ?? '';
  return buildEnvironment({
    instanceName: namespace === argo.controlPlane ? name : `${namespace}_${name}`,
    namespace: destination.namespace,
    project: project === '' ? 'default' : project,
    repoUrl: sourceText(source, 'repoURL'),
    path: sourceText(source, 'path'),
    targetRevision: sourceText(source, 'targetRevision'),
  });
}

function pathMistake(
  { path, where }: { readonly path: string; readonly where: string },
  problem: 'absolute' | 'outside' | 'missing' | 'no-folder',
  fieldPath: DeclaredSource['fieldPath'],
): Refusal {
  const say = told(problem, { path });
  const why = {
    absolute: say`the path ${'path'} is absolute; write it from the root of the repository, without slash in front`,
    outside: say`the path ${'path'} is outside of the repository`,
    missing: told(problem, { path, where })`the path ${'path'} does not exist in ${'where'}`,
    'no-folder': say`the path ${'path'} is not a folder`,
  }[problem];
  return mistake(why, fieldPath, problem === 'missing' ? 'render/missing-path' : undefined);
}
