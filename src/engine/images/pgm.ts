/** Pixels of a portable any-map file: 8 bits a channel, row-major, interleaved. */
export interface RawPicture {
  width: number;
  height: number;
  channels: 1 | 3;
  pixels: Uint8Array;
}

interface Header {
  magic: string;
  width: number;
  height: number;
  maximum: number;
  /** Offset of the first byte after the header. */
  bodyStart: number;
}

const LAYOUT: Record<string, { channels: 1 | 3; text: boolean }> = {
  P2: { channels: 1, text: true },
  P3: { channels: 3, text: true },
  P5: { channels: 1, text: false },
  P6: { channels: 3, text: false },
};

/** True for the any-map formats that `parsePgm` reads: grey (P2, P5) and colour (P3, P6). */
export function looksLikePgm(bytes: Uint8Array): boolean {
  return String.fromCharCode(bytes[0] ?? 0, bytes[1] ?? 0) in LAYOUT && isSpace(bytes[2]);
}

/**
 * Reads PGM and PPM, text or binary, 8 or 16 bits (Netpbm's pgm(5) and ppm(5)). sharp's build has no reader for them.
 * @throws Error with a sentence about the file when the header is wrong, the file too large or too short.
 */
export function parsePgm(bytes: Uint8Array, pixelLimit: number): RawPicture {
  const header = readHeader(bytes);
  const { channels, text } = LAYOUT[header.magic]!;
  const { width, height } = header;
  if (width * height > pixelLimit) throw new Error(`it has ${width} x ${height} pixels, more than the ${pixelLimit / 1e6} million allowed`);
  const count = width * height * channels;
  const values = text ? readText(bytes, header, count) : readBinary(bytes, header, count);
  return { width, height, channels, pixels: values };
}

function readHeader(bytes: Uint8Array): Header {
  const magic = String.fromCharCode(bytes[0]!, bytes[1]!);
  let position = 2;
  const fields: number[] = [];
  while (fields.length < 3) {
    const { value, next } = readNumber(bytes, position);
    fields.push(value);
    position = next;
  }
  const [width, height, maximum] = fields as [number, number, number];
  if (width < 1 || height < 1) throw new Error(`its header says ${width} x ${height} pixels`);
  if (maximum < 1 || maximum > 65535) throw new Error(`its header gives ${maximum} as the brightest value`);
  return { magic, width, height, maximum, bodyStart: position + 1 };
}

function readNumber(bytes: Uint8Array, start: number): { value: number; next: number } {
  let position = skipSpaceAndComments(bytes, start);
  const first = position;
  let value = 0;
  while (isDigit(bytes[position]) && position - first < 10) value = value * 10 + (bytes[position++]! - 48);
  if (position === first) throw new Error('a number is missing or wrong in it, or it ends too early');
  return { value, next: position };
}

function skipSpaceAndComments(bytes: Uint8Array, start: number): number {
  let position = start;
  while (isSpace(bytes[position]) || bytes[position] === 0x23) {
    if (bytes[position] === 0x23) while (position < bytes.length && bytes[position] !== 0x0a) position++;
    else position++;
  }
  return position;
}

function readBinary(bytes: Uint8Array, header: Header, count: number): Uint8Array {
  const bytesPerValue = header.maximum > 255 ? 2 : 1;
  const body = bytes.subarray(header.bodyStart, header.bodyStart + count * bytesPerValue);
  if (body.length < count * bytesPerValue) {
    throw new Error(`it is cut short: ${body.length} of ${count * bytesPerValue} bytes of pixels are there`);
  }
  if (bytesPerValue === 1 && header.maximum === 255) return body.slice();
  const values = new Uint8Array(count);
  const scale = 255 / header.maximum;
  for (let index = 0; index < count; index++) {
    const value = bytesPerValue === 1 ? body[index]! : body[2 * index]! * 256 + body[2 * index + 1]!;
    values[index] = Math.min(255, Math.round(value * scale));
  }
  return values;
}

function readText(bytes: Uint8Array, header: Header, count: number): Uint8Array {
  // Every value needs a digit and a space: a short file is refused before memory is taken for it.
  if (count > bytes.length - header.bodyStart + 1) throw new Error('it is cut short');
  const values = new Uint8Array(count);
  const scale = 255 / header.maximum;
  let position = header.bodyStart - 1;
  for (let index = 0; index < count; index++) {
    const { value, next } = readNumber(bytes, position);
    values[index] = Math.min(255, Math.round(value * scale));
    position = next;
  }
  return values;
}

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;
