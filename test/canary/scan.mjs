/** What every value of a Secret in a test holds, so that it is known wherever it turns up. */
export const MARKER = 'canary-';

/** The marker as it may turn up. Base64 depends on how many bytes stand in front of it. */
const FORMS = [
  ['plain', MARKER],
  ['hex', Buffer.from(MARKER).toString('hex')],
  ['hex', Buffer.from(MARKER).toString('hex').toUpperCase()],
  ...[' ', ',', ', '].map((between) => ['bytes', [...Buffer.from(MARKER)].join(between)]),
  ...[0, 1, 2].map((before) => ['base64', inBase64(before)]),
];

/** The characters that stay the same whatever stands around the marker. */
function inBase64(before) {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(MARKER), Buffer.alloc(2)]);
  const first = Math.ceil((before * 8) / 6);
  const end = Math.floor(((before + MARKER.length) * 8) / 6);
  return bytes.toString('base64').slice(first, end);
}

/**
 * Where a text holds the value of a Secret, by line (from 1) and form. Never tells the value.
 * @param {string} text
 * @returns {{ form: string, line: number }[]}
 */
export function findCanaries(text) {
  return text
    .split('\n')
    .flatMap((content, index) =>
      FORMS.filter(([, shape]) => content.includes(shape)).map(([form]) => ({ form, line: index + 1 })),
    );
}

/**
 * A line of output without the values in it, to be shown.
 * @param {string} line
 */
export function withoutCanaries(line) {
  const shown = line
    .split(/(\s+)/)
    .map((word) => (findCanaries(word).length > 0 ? '(value)' : word))
    .join('');
  return findCanaries(shown).length > 0 ? '(a line with a value)' : shown;
}
