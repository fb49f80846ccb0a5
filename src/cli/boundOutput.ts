/**
 * Lets a stream be written so many bytes and no more: what would exceed them is not written.
 * @param excess makes the error that whoever writes gets then.
 */
export function boundOutput(stream: NodeJS.WriteStream, limitBytes: number, excess: () => Error): void {
  const write = stream.write.bind(stream);
  let said = 0;
  const bounded = (chunk: string | Uint8Array) => {
    said += Buffer.byteLength(chunk);
    if (said > limitBytes) throw excess();
    return write(chunk);
  };
  // Nobody here names an encoding, or waits for what was written.
  stream.write = bounded as typeof stream.write;
}
