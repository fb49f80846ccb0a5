import type { ComparedTarget } from '../model/comparedTarget.ts';
import type { Judgement, SubjectViolation } from '../model/judgement.ts';
import type { Redactor } from '../model/redacted.ts';
import type { RenderedTarget, Rendering } from '../model/rendering.ts';
import { canBeRead, shownKey } from '../model/secretValue.ts';
import { copyOf } from './committed.ts';
import { credentialViolation } from './credentials.ts';
import { literalViolation } from './embeddedSecrets.ts';
import {
  findInTexts,
  type Hidden,
  hideInTexts,
  type RenderedCredential,
  type SearchedResource,
} from './hideCredentials.ts';
import { Hider } from './hiding/hider.ts';
import { judgeRenderedSecrets, type SideSecrets, type SourceSecrets } from './renderedSecrets.ts';

/** What may be shown of the targets, and the values and credentials that no file explains. */
export interface ShownTargets extends Pick<Judgement, 'before' | 'after'> {
  /** The same targets, with resources in which credentials are hidden. */
  readonly compared: readonly ComparedTarget[];
  /** The names of all values and credentials that each commit's renderings have. */
  readonly known: Record<'before' | 'after', string[]>;
  /** Hides the same in any other text. */
  readonly hider: Hider;
}

/** What is known before anything is hidden. */
interface HideContext {
  readonly secrets: SourceSecrets;
  readonly redactor: Redactor;
  /** Identities of all values that are secrets, wherever they were found. */
  readonly known: Iterable<string>;
  readonly isName: (text: string) => boolean;
}

/**
 * Hides credentials in what is rendered, and copies of all that is known to be a secret, before
 * anything of it is shown; and finds those credentials that
 * rendering puts together, besides the values of Secrets: the others stand in files, and are
 * found there.
 */
export async function hideInTargets(
  compared: readonly ComparedTarget[],
  { secrets, redactor, known, isName }: HideContext,
): Promise<ShownTargets> {
  const values = judgeRenderedSecrets(compared, secrets);
  const searched = await Promise.all(
    compared.map(async (one) => ({
      one,
      base: await searchedOf(one.base, redactor),
      head: await searchedOf(one.head, redactor),
    })),
  );
  const credentials = searched.flatMap(({ base, head }) => [...base, ...head].flatMap(({ found }) => found));
  const identities = [...known, ...credentials.map(({ value }) => value.identity())];
  const hider = new Hider(redactor.contentsOf(identities), isName);
  const both = searched.map(({ one, base, head }) => ({
    one,
    base: hideIn(one.base, base, { redactor, hider }),
    head: hideIn(one.head, head, { redactor, hider }),
  }));
  return {
    hider,
    compared: both.map(({ one, base, head }) => ({ ...one, base: base.rendering, head: head.rendering })),
    before: [...values.before, ...both.flatMap(({ base }) => violationsIn(base, secrets.base))],
    after: [...values.after, ...both.flatMap(({ head }) => violationsIn(head, secrets.head))],
    known: {
      before: [...values.known.before, ...both.flatMap(({ base }) => namesIn(base))],
      after: [...values.known.after, ...both.flatMap(({ head }) => namesIn(head))],
    },
  };
}

interface HiddenRendering {
  readonly rendering: Rendering | null;
  readonly hidden: readonly Hidden[];
}

async function searchedOf(rendering: Rendering | null, redactor: Redactor): Promise<SearchedResource[]> {
  if (rendering?.status !== 'rendered') return [];
  return Promise.all(rendering.resources.map((resource) => findInTexts(resource, redactor)));
}

function hideIn(
  rendering: Rendering | null,
  searched: readonly SearchedResource[],
  context: { readonly redactor: Redactor; readonly hider: Hider },
): HiddenRendering {
  if (rendering?.status !== 'rendered') return { rendering, hidden: [] };
  const hidden = searched.map((one) => hideInTexts(one, context));
  return { rendering: { ...rendering, resources: hidden.map(({ resource }) => resource) }, hidden };
}

/** Credentials in a rendering that no file explains. A fetched chart's own are not this repository's, and left out. */
function violationsIn({ rendering, hidden }: HiddenRendering, { found }: SideSecrets): SubjectViolation[] {
  if (rendering?.status !== 'rendered' || isFetched(rendering)) return [];
  const inFiles = new Set(
    found.flatMap(({ violation }) => violation.values.map(({ value }) => value.identity())),
  );
  return hidden.flatMap(({ resource, found: credentials }) =>
    credentials
      .filter(({ value }) => canBeRead(value.class) && !inFiles.has(value.identity()))
      .map((one) => ({
        subject: { is: 'resource', target: rendering.target, resource },
        violation: { ...violationOf(one), fieldPath: one.fieldPath },
        values: {
          owner: null,
          all: [{ counted: null, names: [nameOf(one.value)] }],
          copy: copyOf([{ key: one.detector, value: one.value }]),
        },
      })),
  );
}

function violationOf({ within, detector, tool }: RenderedCredential) {
  return within === undefined
    ? credentialViolation({ detector, tool })
    : literalViolation({ within, keys: [shownKey(detector)] });
}

function isFetched({ target: { source } }: RenderedTarget): boolean {
  return source.tool === 'helm' && 'archive' in source.chart;
}

function namesIn({ hidden }: HiddenRendering): string[] {
  return hidden.flatMap(({ found }) => found.map(({ value }) => nameOf(value)));
}

function nameOf(value: RenderedCredential['value']): string {
  return JSON.stringify(['credential', value.identity()]);
}
