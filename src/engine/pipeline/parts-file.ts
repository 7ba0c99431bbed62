/** A header and arrays of bytes in one file: length of the header (4 bytes), the header as JSON, then the arrays. */
export function encodeParts(header: unknown, parts: readonly Uint8Array[]): Buffer {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text, ...parts]);
}

/** Takes the arrays one after another, each with memory of its own. */
export type TakePart = (bytes: number) => Uint8Array<ArrayBuffer>;

/** What `read` makes of a file's header and arrays; null for a file that is not whole. */
export function decodeParts<Header, Value>(file: Buffer, read: (header: Header, take: TakePart) => Value): Value | null {
  if (file.length < 4) return null;
  let at = 4 + file.readUInt32LE(0);
  try {
    const value = read(JSON.parse(file.toString('utf8', 4, at)) as Header, (bytes) => new Uint8Array(file.subarray(at, (at += bytes))));
    return at === file.length ? value : null;
  } catch {
    return null;
  }
}

export const bytesOf = (vector: Float32Array): Uint8Array => new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
