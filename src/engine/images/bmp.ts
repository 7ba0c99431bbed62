import type { RawPicture } from './pgm.ts';

const LARGEST_HEADER = 54;

export const looksLikeBmp = (bytes: Uint8Array): boolean => bytes[0] === 0x42 && bytes[1] === 0x4d && bytes.length >= LARGEST_HEADER;

/**
 * Reads Windows bitmaps as finger scanners write them: uncompressed, 8 bits with a palette, or 24 or 32 bits of colour, rows from either
 * end. sharp's build has no reader for them.
 * @throws Error with a sentence about the file when its header is wrong, or it is too large or too short.
 */
export function parseBmp(bytes: Uint8Array, pixelLimit: number): RawPicture {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [body, headerSize] = [view.getUint32(10, true), view.getUint32(14, true)];
  const [width, signedHeight] = [view.getInt32(18, true), view.getInt32(22, true)];
  const [bits, compression, named] = [view.getUint16(28, true), view.getUint32(30, true), view.getUint32(46, true)];
  const height = Math.abs(signedHeight);
  if (width < 1 || height < 1) throw new Error(`its header says ${width} x ${signedHeight} pixels`);
  if (width * height > pixelLimit) throw new Error(`it has ${width} x ${height} pixels, more than the ${pixelLimit / 1e6} million allowed`);
  if (compression !== 0 || ![8, 24, 32].includes(bits)) throw new Error(`it is a bitmap of ${bits} bits with compression ${compression}; uncompressed ones of 8, 24 or 32 bits are read`);
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  if (body + rowBytes * height > bytes.length) throw new Error(`it is cut short: ${bytes.length} of ${body + rowBytes * height} bytes are there`);
  const palette = { start: 14 + headerSize, colours: bits === 8 ? named || 256 : 0 };
  if (palette.start + 4 * palette.colours > bytes.length) throw new Error('its palette is cut short');
  const pixels = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const from = body + rowBytes * (signedHeight > 0 ? height - 1 - row : row);
    for (let column = 0; column < width; column++) {
      const at = bits === 8 ? palette.start + 4 * Math.min(palette.colours - 1, bytes[from + column]!) : from + (column * bits) / 8;
      // Blue comes first.
      for (let channel = 0; channel < 3; channel++) pixels[(row * width + column) * 3 + channel] = bytes[at + 2 - channel]!;
    }
  }
  return { width, height, channels: 3, pixels };
}
