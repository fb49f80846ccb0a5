import { type Probe, type ProbedField, probesIn } from '../locate/probes.ts';
import type { Resource } from '../model/resource.ts';
import { type RenderContext, renderChanged } from '../render/renderTarget.ts';
import type { ValueSource } from './valueSources.ts';

/** A rendered field whose value is looked for. */
export interface TracedField extends ProbedField {
  readonly resource: Resource;
}

/** A value that a field follows. */
export interface FoundValue {
  readonly source: ValueSource;
  readonly probe: Probe;
}

/** As many renderings as one field may cost, and all fields of one target together. */
const PER_FIELD = 12;
const PER_TARGET = 48;

/** Renderings that are kept: fields of one target often have one cause. */
const KEPT = 4;

/**
 * Finds the values that cause fields of what a target renders: a value is one where the
 * field follows a change of it. Changes are rendered one by one, the likeliest first, within
 * a bound; whatever is not found within it stays with the template.
 */
export class ValueTracer {
  readonly #sources: Promise<readonly ValueSource[]>;
  readonly #context: RenderContext;
  readonly #known = new Map<string, Promise<readonly Resource[] | null>>();
  #rendered = 0;

  constructor(sources: Promise<readonly ValueSource[]>, context: RenderContext) {
    this.#sources = sources;
    this.#context = context;
  }

  /** Null where none is found, or several that have equal parts in the field. */
  async valueOf(field: TracedField): Promise<FoundValue | null> {
    const sources = await this.#sources;
    const candidates = sources
      .flatMap((source) => probesIn(source.text, field).map((probe) => ({ source, probe })))
      .toSorted((a, b) => distance(a.probe, field) - distance(b.probe, field))
      .slice(0, PER_FIELD);
    const parts: FoundValue[] = [];
    for (const candidate of candidates) {
      if (!(await this.#confirms(candidate, field))) continue;
      if (candidate.probe.whole) return candidate;
      parts.push(candidate);
    }
    return chosen(parts, field);
  }

  async #confirms({ source, probe }: FoundValue, { resource }: TracedField): Promise<boolean> {
    const after = await this.#changed(source, probe);
    const own = after?.find((one) => one.index === resource.index && one.kind === resource.kind);
    return own !== undefined && probe.confirms(own.manifest);
  }

  #changed(source: ValueSource, { offset, changed }: Probe): Promise<readonly Resource[] | null> {
    const key = JSON.stringify(['path' in source ? source.path : source.layer, offset]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = this.#rendered < PER_TARGET ? source.with(changed) : null;
    if (made === null) return Promise.resolve(null);
    this.#rendered++;
    const rendered = renderChanged(made.source, made.changed, this.#context);
    this.#known.set(key, rendered);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    return rendered;
  }
}

/** Values that are called like the field come first. */
function distance({ steps, whole }: Probe, { fieldPath, missing }: ProbedField): number {
  const names = [fieldPath, ...missing].flat().filter((step) => typeof step === 'string');
  const last = names.at(-1)?.toLowerCase() ?? '';
  const own = String(steps.findLast((step) => typeof step === 'string') ?? '').toLowerCase();
  const alike =
    own === last
      ? 0
      : own !== '' && (own.includes(last) || last.includes(own))
        ? 1
        : names.some((name) => name.toLowerCase() === own)
          ? 2
          : 3;
  return 2 * alike + (whole ? 0 : 1);
}

/** Of an image's parts the last one, its tag or digest, is what such fields are about. */
function chosen(parts: readonly FoundValue[], { fieldPath }: ProbedField): FoundValue | null {
  if (parts.length < 2) return parts[0] ?? null;
  const byPlace = parts.toSorted((a, b) => b.probe.at - a.probe.at);
  return fieldPath.at(-1) === 'image' ? (byPlace[0] ?? null) : null;
}
