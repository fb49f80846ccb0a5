import { locate, wantedFor } from '../locate/locate.ts';
import { placeInFile } from '../locate/placeInFile.ts';
import { isLiteral, isTemplate } from '../locate/template.ts';
import { lineOfText, textOfLines } from '../locate/textLines.ts';
import type { Wanted } from '../locate/wanted.ts';
import type { Location } from '../model/finding.ts';
import type { ObjectField } from '../model/foundObject.ts';
import { type FieldPath, valueAt } from '../model/manifest.ts';
import type { OperatorRecord } from '../model/operatorRecord.ts';
import type { Origin, Rendering } from '../model/rendering.ts';
import type { Resource } from '../model/resource.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import { type RenderContext, renderOrigins } from '../render/renderTarget.ts';
import { editCause } from './editCause.ts';
import { layerCause } from './layerCause.ts';
import { valueSources } from './valueSources.ts';
import { type FoundValue, ValueTracer } from './valueTracer.ts';
import { variableCause } from './variableCause.ts';

/** A field of a rendered resource; null for the resource as a whole. */
export interface RenderedField {
  readonly target: Target;
  readonly resource: Resource;
  readonly fieldPath: FieldPath | null;
  /** What the finding says: it may name fields that are missing. */
  readonly message?: string;
}

/** What a commit holds, as far as it tells where things stand. */
export interface PlacedCommit {
  readonly renderings: readonly Rendering[];
  /** What the objects that declare targets say of them, by target id. */
  readonly declared: ReadonlyMap<string, OperatorRecord>;
}

/** Tells the lines of one commit that cause rendered fields. */
export class Placer {
  readonly #context: RenderContext;
  readonly #commit: PlacedCommit;
  /** Each target's origins are asked for once, when its first finding needs them. */
  readonly #origins = new Map<string, Promise<readonly Origin[]>>();
  readonly #tracers = new Map<string, ValueTracer>();

  /** @param context renders the commit. */
  constructor(context: RenderContext, commit: PlacedCommit) {
    this.#context = context;
    this.#commit = commit;
  }

  get snapshot(): Snapshot {
    return this.#context.snapshot;
  }

  /** Null where no file of the commit causes the field, or nobody can tell which. */
  async of(field: RenderedField): Promise<Location | null> {
    const { target, resource } = field;
    const record = this.#commit.declared.get(target.id);
    const origin = (await this.#originsOf(target))[resource.index];
    const place = origin === undefined ? null : await this.#placeOf(field, origin, record);
    return place ?? (record === undefined ? null : this.ofObject({ object: record.object, fieldPath: null }));
  }

  /** Where a field of an object stands; of an object that is made, what makes it. */
  async ofObject({ object, fieldPath, inner }: ObjectField): Promise<Location | null> {
    const { place, resource } = object;
    if (place.in === 'object') return this.ofObject(place.causeOf({ fieldPath, inner }));
    const location =
      place.in === 'file'
        ? await placeInFile(this.snapshot, place, { resource, fieldPath })
        : await this.of({ target: place.target, resource, fieldPath });
    if (location === null || inner === undefined) return location;
    return lineOfText(this.snapshot, location, inner);
  }

  async #placeOf(
    field: RenderedField,
    origin: Origin,
    record: OperatorRecord | undefined,
  ): Promise<Location | null> {
    const { target } = field;
    const toLocate = { ...field, snapshot: this.snapshot, origin };
    if (record !== undefined && field.fieldPath !== null) {
      const edit = await editCause(record, target, await wantedFor(toLocate));
      if (edit !== null) return 'object' in edit ? this.ofObject(edit) : edit;
    }
    const place = await locate(toLocate);
    if (field.fieldPath === null) return place;
    const { fieldPath } = field;
    if (await this.#mayBeValue({ place, origin, field, fieldPath })) {
      const value = await this.#valuePlace(field, await wantedFor(toLocate), record);
      if (value !== null) return value;
    }
    return place === null ? null : ((await this.#variablePlace(place, record)) ?? place);
  }

  /** Whether a chart may have made a field of a value. */
  async #mayBeValue({
    place,
    origin,
    field: {
      target: { source },
      resource: { manifest },
    },
    fieldPath,
  }: {
    readonly place: Location | null;
    readonly origin: Origin;
    readonly field: RenderedField;
    readonly fieldPath: FieldPath;
  }): Promise<boolean> {
    if (place === null) return origin.path === null && (source.tool === 'helm' || source.tool === 'combined');
    if (!isTemplate(place.path)) return false;
    const isScalar = typeof valueAt(manifest, fieldPath) !== 'object';
    return !(isScalar && isLiteral(origin, fieldPath, await textOfLines(this.snapshot, place)));
  }

  /** Where the value stands that a chart's template puts into a field. */
  async #valuePlace(
    { target, resource }: RenderedField,
    { fieldPath, missing }: Wanted,
    record: OperatorRecord | undefined,
  ): Promise<Location | null> {
    const { manifest } = resource;
    const found = await this.#tracerOf(target)?.valueOf({ resource, manifest, fieldPath, missing });
    return found == null ? null : this.#placeOfValue(found, record);
  }

  async #placeOfValue(found: FoundValue, record: OperatorRecord | undefined): Promise<Location | null> {
    const { source, probe } = found;
    if ('path' in source) {
      const line = source.text.slice(0, probe.offset).split('\n').length;
      return { path: source.path, startLine: line, endLine: line };
    }
    const origin = record?.layers[source.at] ?? null;
    return origin === null ? null : this.ofObject(layerCause(origin, source.layer, found));
  }

  /** Where a variable is set that fills in a source's text. */
  async #variablePlace(place: Location, record: OperatorRecord | undefined): Promise<Location | null> {
    if (record === undefined || record.variables.size === 0) return null;
    const cause = variableCause(record, await textOfLines(this.snapshot, place));
    return cause === null ? null : this.ofObject(cause);
  }

  #originsOf(target: Target): Promise<readonly Origin[]> {
    if (target.source.tool === 'none') return Promise.resolve([]);
    const { key } = target.source;
    const known = this.#origins.get(key) ?? renderOrigins(target, this.#context);
    this.#origins.set(key, known);
    return known;
  }

  #tracerOf({ source }: Target): ValueTracer | undefined {
    if (source.tool === 'none') return undefined;
    const { key } = source;
    const rendering = this.#commit.renderings.find(
      ({ target }) => target.source.tool !== 'none' && target.source.key === key,
    );
    if (rendering === undefined) return undefined;
    const known =
      this.#tracers.get(key) ??
      new ValueTracer(valueSources(source, rendering.trace, this.snapshot), this.#context);
    this.#tracers.set(key, known);
    return known;
  }
}
