/** A form that a text takes in another one. */
export interface Form {
  readonly text: string;
  /** How many characters of this form stand for one of the text. */
  readonly scale: number;
  /** Characters before and behind that hold a part of it. */
  readonly spill: 0 | 1;
}

/**
 * The usual encodings of a text, each as it stands inside of a longer text that is encoded as a
 * whole: base64 depends on how many bytes stand in front. Upper and lower case, and the
 * base64 of addresses, are one to those who compare them ({@link folded}).
 */
export function formsOf(text: string): Form[] {
  const cases = [...new Set([text, text.toUpperCase(), text.toLowerCase()])];
  const forms: Form[] = [
    ...cases.map((one) => asIs(one)),
    ...escapedOf(text).map((one) => asIs(one)),
    ...cases.flatMap((one) => inBase64(Buffer.from(one))),
    ...inBase64(Buffer.from(text)).flatMap((one) =>
      inBase64(Buffer.from(one.text)).map((twice) => ({ ...twice, scale: one.scale * twice.scale })),
    ),
    ...cases.map((one) => ({ text: Buffer.from(one).toString('hex'), scale: 2, spill: 0 as const })),
    { text: inBase32(Buffer.from(text)), scale: 8 / 5, spill: 1 },
    ...BETWEEN_BYTES.map((between) => ({
      text: [...Buffer.from(text)].join(between),
      scale: Number.POSITIVE_INFINITY,
      spill: 0 as const,
    })),
  ];
  const seen = new Set<string>();
  return forms.filter((form) => {
    const key = folded(form.text);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A text as it is and in base64. */
export function fewFormsOf(text: string): Form[] {
  return [asIs(text), ...inBase64(Buffer.from(text))];
}

/** Bytes as Node's JSON and Go's `%v` print them. */
const BETWEEN_BYTES = [' ', ','];

function asIs(text: string): Form {
  return { text, scale: 1, spill: 0 };
}

/** What addresses, JSON, HTML, YAML in single quotes and Go's JSON make of signs. */
function escapedOf(text: string): string[] {
  if (/^[\w.-]*$/.test(text)) return [];
  const inJson = JSON.stringify(text).slice(1, -1);
  const inGoJson = inJson.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  const escapes = [
    encode(text, encodeURIComponent),
    encode(text, encodeURIComponent).replaceAll('%20', '+'),
    encode(text, encodeURI),
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    inGoJson,
    JSON.stringify(inGoJson).slice(1, -1),
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&#34;'),
    text.replaceAll("'", "''"),
  ];
  return escapes.filter((escaped) => escaped !== text);
}

function encode(text: string, by: (text: string) => string): string {
  try {
    return by(text);
  } catch {
    // Half a character.
    return text;
  }
}

/** The characters that stay the same whatever stands around, for the three places of a byte. */
function inBase64(bytes: Buffer): Form[] {
  return [0, 1, 2].map((before) => {
    const all = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const start = Math.ceil((before * 8) / 6);
    const end = Math.floor(((before + bytes.length) * 8) / 6);
    return { text: all.slice(start, end), scale: 4 / 3, spill: 1 };
  });
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** https://www.rfc-editor.org/rfc/rfc4648#section-6, without what a last byte only fills in part. */
function inBase32(bytes: Buffer): string {
  let text = '';
  let rest = 0;
  let bits = 0;
  for (const byte of bytes) {
    rest = ((rest << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32.charAt((rest >> (bits - 5)) & 31);
  }
  return text;
}

/** A text as it is compared: without case, and with one alphabet of base64. As long as before. */
export function folded(text: string): string {
  return text.replace(/[A-Z_]+/g, (run) => run.toLowerCase().replaceAll('_', '/'));
}
