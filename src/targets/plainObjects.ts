import path from 'node:path';
import { documentPlaces, NOT_YAML, yamlValues } from '../dialects/yamlValues.ts';
import { append } from '../model/append.ts';
import type { DefinitionFile } from '../model/discovery.ts';
import { type FileFact, fileFact } from '../model/fileFact.ts';
import type { FoundObject } from '../model/foundObject.ts';
import { isObject } from '../model/manifest.ts';
import type { Redactor } from '../model/redacted.ts';
import { redactManifest } from '../model/redactManifest.ts';
import { toResources } from '../model/resource.ts';
import type { Settings } from '../model/settings.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { folderSelector } from './findTargets.ts';
import { isContained } from './helm/findCharts.ts';
import type { FileInParts, KeptObjects, ReadDocument } from './keptObjects.ts';
import { OPERATORS } from './operators.ts';
import { isPatchFragment } from './patchFragment.ts';
import { placeOf } from './placeOf.ts';

/** Files that may hold an operator's object, or a ConfigMap or CRD that one depends on. */
const DOMAINS = OPERATORS.flatMap(({ domains }) => domains.map((domain) => `${domain}/`));
const ANY_DOMAIN = `(?:${DOMAINS.map((domain) => domain.replaceAll('.', '\\.')).join('|')})`;
const SPEAKS = new RegExp(ANY_DOMAIN);
const READ_BY_OPERATORS = /^\s*"?kind"?:\s*["']?(?:ConfigMap|Secret|CustomResourceDefinition)\b/m;

/** A document of an operator's object, whether or not it can be read. */
const DECLARES = new RegExp(`^\\s*"?apiVersion"?:\\s*["']?[\\w.-]*${ANY_DOMAIN}`, 'm');

/** What plain files hold. */
export interface PlainObjects {
  readonly objects: readonly FoundObject[];
  /** Files with operators' objects of which a document cannot be read. */
  readonly unreadable: readonly string[];
  /** Files that may have operators' objects and are not read, because they are too large. */
  readonly tooLarge: readonly string[];
  /** Files with CustomResourceDefinitions, not parsed yet. */
  readonly definitionFiles: readonly DefinitionFile[];
}

/** More than any hand-written manifest has; a generated bundle may. */
const MAX_BYTES = 8 * 1024 * 1024;

/** What files are read with. */
export interface ReadContext {
  readonly settings: Settings;
  readonly redactor: Redactor;
  /** What earlier reviews read; nothing where it is left out. */
  readonly keptObjects?: KeptObjects | undefined;
}

/**
 * The operators' objects in plain YAML and JSON files of a commit, and where the commit
 * has any, the ConfigMaps, Secrets and custom resource definitions that they may refer to.
 * Whether a render reads the file is not known here. A document that is not YAML has none.
 */
export async function readPlainObjects(snapshot: Snapshot, context: ReadContext): Promise<PlainObjects> {
  const { texts, tooLarge } = await readManifestFiles(snapshot, context.settings);
  const definitionFiles = texts
    .filter(({ text }) => DEFINITIONS.test(text))
    .map(({ file, text, ofChart }) => ({ path: file, text, ofChart }));
  return {
    ...(await objectsIn(
      texts.filter(({ ofChart }) => !ofChart),
      { ...context, snapshot },
    )),
    definitionFiles,
    tooLarge,
  };
}

const DEFINITIONS = /^\s*"?kind"?:\s*["']?CustomResourceDefinition\b/m;

interface ManifestFile {
  readonly file: string;
  readonly text: string;
  readonly ofChart: boolean;
}

async function objectsIn(
  texts: readonly ManifestFile[],
  context: ReadContext & { readonly snapshot: Snapshot },
): Promise<Pick<PlainObjects, 'objects' | 'unreadable'>> {
  if (!texts.some(({ text }) => SPEAKS.test(text))) return { objects: [], unreadable: [] };
  const files = texts.filter(({ text }) => SPEAKS.test(text) || READ_BY_OPERATORS.test(text));
  const objects: FoundObject[] = [];
  const unreadable: string[] = [];
  for (const { file, text } of files) {
    const documents = await documentsOf({ file, text }, context);
    append(objects, objectsOf(file, documents, context.settings));
    if (documents.includes(NOT_YAML) && DECLARES.test(text)) unreadable.push(file);
  }
  return { objects, unreadable };
}

async function documentsOf(
  { file, text }: Pick<ManifestFile, 'file' | 'text'>,
  { snapshot, redactor, keptObjects }: ReadContext & { readonly snapshot: Snapshot },
): Promise<readonly ReadDocument[]> {
  const read = (part: string) =>
    // The API server reads YAML 1.1.
    yamlValues(part, '1.1').map((document) =>
      document === NOT_YAML
        ? document
        : toResources([redactManifest(document, redactor)]).map(({ manifest }) => manifest),
    );
  const inParts: FileInParts = {
    oid: snapshot.entries.get(file)?.oid ?? '',
    places: () => documentPlaces(text, '1.1'),
    readAt: ([from, to]) => {
      const documents = read(text.slice(from, to));
      return documents.length === 1 ? (documents[0] ?? null) : null;
    },
  };
  const known = keptObjects?.find(inParts);
  if (known !== undefined) return known;
  const documents = read(text);
  await keptObjects?.keep(inParts, documents);
  return documents;
}

async function readManifestFiles(
  snapshot: Snapshot,
  settings: Settings,
): Promise<{ texts: ManifestFile[]; tooLarge: string[] }> {
  const charts = new Set<string>();
  for (const file of snapshot.entries.keys()) {
    if (path.posix.basename(file) === 'Chart.yaml') charts.add(path.posix.dirname(file));
  }
  const selected = folderSelector(settings.targets);
  const files = [...snapshot.entries.values()]
    .filter(({ kind, path: file }) => kind === 'file' && /\.(?:ya?ml|json)$/.test(file))
    .filter(({ path: file }) => selected(path.posix.dirname(file)))
    .map(({ path: file }) => ({ file, ofChart: isContained(`${path.posix.dirname(file)}/x`, charts) }))
    .filter(({ file, ofChart }) => !ofChart || isChartDefinition(file, charts));
  const read = await Promise.all(
    files.map(async ({ file, ofChart }) => {
      const about = await fileFact(file, snapshot, SPOKEN_OF);
      if (about === TOO_LARGE) return { file, ofChart, text: '', tooLarge: !ofChart };
      const text = about === NOTHING ? '' : new TextDecoder().decode(await snapshot.read(file));
      return { file, ofChart, text, tooLarge: false };
    }),
  );
  return { texts: read, tooLarge: read.filter(({ tooLarge }) => tooLarge).map(({ file }) => file) };
}

const [NOTHING, SOMETHING, TOO_LARGE] = ['nothing', 'something', 'too large'] as const;

/** Whether a file has to be read: most speak of nothing that an operator looks at. */
const SPOKEN_OF: FileFact = {
  name: 'spoken of 1',
  make: (bytes) => {
    if (bytes.length > MAX_BYTES) return mayDeclare(bytes) ? TOO_LARGE : NOTHING;
    const text = new TextDecoder().decode(bytes);
    return [SPEAKS, READ_BY_OPERATORS].some((words) => words.test(text)) ? SOMETHING : NOTHING;
  },
};

/** Whether an operator's API group is named anywhere: cheaper than reading what is there. */
function mayDeclare(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return DOMAINS.some((domain) => buffer.includes(domain));
}

/** Helm installs what stands in `crds/` of a chart as it is. */
function isChartDefinition(file: string, charts: ReadonlySet<string>): boolean {
  const at = file.lastIndexOf('/crds/');
  return at >= 0 && charts.has(file.slice(0, at));
}

function objectsOf(file: string, documents: readonly ReadDocument[], settings: Settings): FoundObject[] {
  return documents.flatMap((document, index) => {
    if (document === NOT_YAML) return [];
    return toResources(document)
      .filter(({ kind, name, manifest }) => kind !== '' && name !== '' && isObject(manifest['metadata']))
      .filter((resource) => !isPatchFragment(file, resource))
      .map(
        (resource): FoundObject => ({
          resource: { ...resource, index: 0 },
          ...placeOf(file, settings),
          place: { in: 'file', path: file, document: index },
        }),
      );
  });
}
