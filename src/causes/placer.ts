import type { FieldCause } from '../engine/engine.ts';
import { locate, wantedFor } from '../locate/locate.ts';
import { placeInFile } from '../locate/placeInFile.ts';
import { isLiteral, isTemplate } from '../locate/template.ts';
import { lineOfText, textOfLines } from '../locate/textLines.ts';
import type { Location } from '../model/finding.ts';
import type { ObjectField } from '../model/foundObject.ts';
import { type FieldPath, valueAt } from '../model/manifest.ts';
import type { OperatorRecord } from '../model/operatorRecord.ts';
import { Redacted } from '../model/redacted.ts';
import type { Origin } from '../model/rendering.ts';
import type { Resource } from '../model/resource.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Target } from '../model/target.ts';
import { valuesLayers } from '../model/valuesLayers.ts';
import { type RenderContext, renderOrigins } from '../render/renderTarget.ts';
import { editCause } from './editCause.ts';
import { type AskedField, fieldCauses } from './fieldCauses.ts';
import { layerCause } from './layerCause.ts';
import { namespaceCause } from './namespaceCause.ts';
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
  /** What the objects that declare targets say of them, by target id. */
  readonly declared: ReadonlyMap<string, OperatorRecord>;
}

/** What is known of a field before values are looked for. */
interface ReadField {
  readonly field: RenderedField;
  readonly record: OperatorRecord | undefined;
  /** What declares the field, or edits it. */
  readonly place: Location | null;
  /** What to ask the engine for, where a value may be the cause. */
  readonly asked: AskedField | null;
  /** True where the text at the place may have a variable, which is then the cause. */
  readonly mayBeVariable: boolean;
}

/** Tells the lines of one commit that cause rendered fields. */
export class Placer {
  readonly #context: RenderContext;
  readonly #commit: PlacedCommit;
  /** Each target's origins are asked for once, when its first finding needs them. */
  readonly #origins = new Map<string, Promise<readonly Origin[]>>();

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
    const [place = null] = await this.all([field]);
    return place;
  }

  /** The same for each of many fields, for which values of charts are looked for together. */
  async all(fields: readonly RenderedField[]): Promise<(Location | null)[]> {
    const read = await Promise.all(fields.map((field) => this.#read(field)));
    const causes = await fieldCauses(
      read.map(({ asked }) => asked),
      this.#context,
    );
    return Promise.all(read.map((one, index) => this.#placeOf(one, causes[index] ?? null)));
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

  /** What the files tell of a field. */
  async #read(field: RenderedField): Promise<ReadField> {
    const { target, resource, fieldPath } = field;
    const record = this.#commit.declared.get(target.id);
    const unplaced = { field, record, place: null, asked: null, mayBeVariable: false };
    const origin = (await this.#originsOf(target))[resource.index];
    if (origin === undefined) return unplaced;
    const toLocate = { ...field, snapshot: this.snapshot, origin };
    if (record !== undefined && fieldPath !== null) {
      const edit = await editCause(record, target, await wantedFor(toLocate));
      const given = edit ?? (await namespaceCause(record, toLocate));
      if (given !== null)
        return { ...unplaced, place: 'object' in given ? await this.ofObject(given) : given };
    }
    const place = await locate(toLocate);
    if (fieldPath === null) return { ...unplaced, place };
    const mayBe = await this.#mayBeValue({ place, origin, field, fieldPath });
    const asked = mayBe ? await this.#askedOf(toLocate) : null;
    return { field, record, place, asked, mayBeVariable: true };
  }

  async #askedOf(toLocate: Parameters<typeof wantedFor>[0] & RenderedField): Promise<AskedField | null> {
    const { source } = toLocate.target;
    if (source.tool === 'none') return null;
    const { resource, fieldPath, missing } = await wantedFor(toLocate);
    // A credential that was hidden here stays with the line that puts it into the resource.
    if (valueAt(resource.manifest, fieldPath) instanceof Redacted) return null;
    return { source, resource, fieldPath, missing };
  }

  async #placeOf(
    { field, record, place, mayBeVariable }: ReadField,
    cause: FieldCause | null,
  ): Promise<Location | null> {
    const value = cause === null ? null : await this.#placeOfValue(field.target, cause, record);
    if (value !== null) return value;
    const variable = mayBeVariable && place !== null ? await this.#variablePlace(place, record) : null;
    const found = variable ?? place;
    return found ?? (record === undefined ? null : this.ofObject({ object: record.object, fieldPath: null }));
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
  async #placeOfValue(
    { source }: Target,
    found: FieldCause,
    record: OperatorRecord | undefined,
  ): Promise<Location | null> {
    const { path, line } = found;
    if (path !== '') return { path, startLine: line, endLine: line };
    const layer = source.tool === 'none' ? undefined : valuesLayers(source)[found.layer];
    const origin = record?.layers[found.layer] ?? null;
    if (layer === undefined || origin === null) return null;
    return this.ofObject(layerCause(origin, layer, found));
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
}
