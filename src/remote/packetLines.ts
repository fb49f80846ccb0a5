/** A packet of Git's protocols: its content, or one of those that only separate others. */
export type Packet = Buffer | 'flush' | 'delimiter';

/**
 * Writes packets: lines of text, and `flush` and `delimiter`.
 * @see https://git-scm.com/docs/protocol-common#_pkt_line_format
 */
export function packetLines(packets: readonly string[]): Buffer {
  return Buffer.concat(
    packets.map((packet) => {
      if (packet === 'flush') return Buffer.from('0000');
      if (packet === 'delimiter') return Buffer.from('0001');
      const content = Buffer.from(`${packet}\n`);
      return Buffer.concat([Buffer.from((content.length + 4).toString(16).padStart(4, '0')), content]);
    }),
  );
}

/** Takes an answer apart; undefined where it is none of Git's. */
export function readPackets(bytes: Uint8Array): Packet[] | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const packets: Packet[] = [];
  for (let at = 0; at < buffer.length; ) {
    const head = buffer.toString('latin1', at, at + 4);
    if (!/^[0-9a-f]{4}$/i.test(head)) return undefined;
    const length = Number.parseInt(head, 16);
    if (length === 3 || at + Math.max(length, 4) > buffer.length) return undefined;
    if (length === 0) packets.push('flush');
    else if (length === 1) packets.push('delimiter');
    else if (length >= 4) packets.push(buffer.subarray(at + 4, at + length));
    at += Math.max(length, 4);
  }
  return packets;
}

/** A packet's text, without line break. */
export function textOf(packet: Packet): string {
  return typeof packet === 'string' ? '' : packet.toString('utf8').replace(/\n$/, '');
}
