/** Where a text holds a value, or most of it, in a usual encoding: each place with what stands around it. */
export function leaksIn(text: string, value: string): string[] {
  return formsOf(value)
    .filter((form) => text.includes(form))
    .map((form) => text.slice(Math.max(0, text.indexOf(form) - 200), text.indexOf(form) + 100));
}

/** A value as it may turn up, pieces of it among them. */
function formsOf(value: string): string[] {
  const cases = [value, value.toUpperCase(), value.toLowerCase()];
  const length = Math.ceil(value.length * 0.7);
  const pieces = cases.flatMap((one) =>
    Array.from({ length: value.length - length + 1 }, (_, at) => one.slice(at, at + length)),
  );
  return [
    ...pieces,
    ...cases.flatMap((one) => [0, 1, 2].map((before) => inBase64(Buffer.from(one), before))),
    inBase64(Buffer.from(inBase64(Buffer.from(value), 0)), 0),
    ...cases.map((one) => Buffer.from(one).toString('hex')),
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
  ];
}

/** The characters of base64 that stay the same whatever stands around. */
function inBase64(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes, Buffer.alloc(2)]).toString('base64');
  return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
}
