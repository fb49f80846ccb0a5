import { entriesAt, textsAt } from '../../model/fields.ts';
import type { FoundObject } from '../../model/foundObject.ts';
import { Kind } from '../../model/kinds.ts';
import { textAt } from '../../model/manifest.ts';
import type { FluxContext } from './fluxContext.ts';
import { nearest } from './knownObjects.ts';

/** What Flux does by default, which has changed with its versions. */
export interface FluxDefaults {
  /**
   * A variable of `postBuild` that nothing sets and that has no default is an error.
   * https://github.com/fluxcd/kustomize-controller/blob/main/internal/features/features.go
   */
  readonly strictVariables: boolean;
  /** Post-renderers are applied to a chart's hooks, too, where a HelmRelease does not say. */
  readonly postRendersHooks: boolean;
}

/** The version that both are the default from. */
const SINCE = [2, 9] as const;

/**
 * The defaults of the Flux that reads an object: of the version that the settings name, else of
 * the one whose controllers the repository installs in that cluster, else of the newest. Feature
 * gates of the installed controllers count over them.
 */
export function installedFlux(context: FluxContext, object: FoundObject): FluxDefaults {
  const [kustomize, helm] = ['kustomize-controller', 'helm-controller'].map((name) =>
    controller(context, object, name),
  );
  const isNew = isSince(context.settings.flux.version ?? versionOf(kustomize ?? helm));
  return {
    strictVariables: gate(kustomize, 'StrictPostBuildSubstitutions') ?? isNew,
    postRendersHooks: isNew && gate(helm, 'UseHelm3Defaults') !== true,
  };
}

function controller({ known }: FluxContext, from: FoundObject, name: string): FoundObject | undefined {
  return nearest(
    from,
    known.ofKind('apps', 'Deployment').filter(({ resource }) => resource.name === name),
  );
}

/** As `flux install` labels all that it makes. */
function versionOf(controller: FoundObject | undefined): string | undefined {
  return textAt(controller?.resource.manifest, [
    ...Kind.Deployment('metadata', 'labels'),
    'app.kubernetes.io/version',
  ]);
}

function isSince(version: string | undefined): boolean {
  const [, major, minor] = /^v?(\d{1,4})\.(\d{1,4})/.exec(version ?? '') ?? [];
  if (major === undefined) return true;
  return Number(major) > SINCE[0] || (Number(major) === SINCE[0] && Number(minor) >= SINCE[1]);
}

/** What `--feature-gates` of a controller says of one; undefined where it does not name it. */
function gate(controller: FoundObject | undefined, name: string): boolean | undefined {
  if (controller === undefined) return undefined;
  const containers = entriesAt(
    controller.resource.manifest,
    Kind.Deployment('spec', 'template', 'spec', 'containers'),
  );
  const said = containers
    .flatMap(({ item }) => textsAt(item, ['args']))
    .flatMap((arg) => /^--feature-gates=(.*)$/.exec(arg)?.[1]?.split(',') ?? [])
    .findLast((one) => one.startsWith(`${name}=`));
  return said === undefined ? undefined : said.endsWith('=true');
}
