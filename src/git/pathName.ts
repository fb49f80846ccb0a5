const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * A path of a tree as text. File names are bytes: in one that is not UTF-8 each byte
 * beyond ASCII becomes a backslash and three octal digits (`caf\351.yaml`), as git prints
 * it, so that different names stay different.
 */
export function pathName(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return [...bytes]
      .map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\${byte.toString(8)}`))
      .join('');
  }
}

/** The parts of output that ends each part with a NUL. */
export function* splitNul(output: Buffer): Generator<Buffer> {
  let start = 0;
  for (let end = output.indexOf(0); end >= 0; end = output.indexOf(0, start)) {
    yield output.subarray(start, end);
    start = end + 1;
  }
}
