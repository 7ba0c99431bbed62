import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import type { ImageSource } from '../../contract/engine-port.ts';
import { looksLikeBmp, parseBmp } from './bmp.ts';
import { looksLikePgm, parsePgm } from './pgm.ts';
import type { RawPicture } from './pgm.ts';

/** Larger pictures are refused before they are decoded: a small file can claim an enormous size. */
export const PIXEL_LIMIT = 100_000_000;
const FILE_LIMIT = 512 * 1024 * 1024;

const READERS = [
  'VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadTiff', 'VipsForeignLoadNsgif',
  'VipsForeignLoadHeif',
];
// Everything else libvips can read (SVG, PDF, ...) may follow references out of the file.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: READERS });
sharp.cache(false);
// Pictures are read several at a time, so each needs one thread only.
sharp.concurrency(1);

/** A picture that can be looked at: its header was read, its pixels not yet. */
export interface OpenedImage {
  bytes: Uint8Array;
  name: string;
  format: string;
  /** Size when upright, in pixels. */
  width: number;
  height: number;
  /** A new pipeline over the upright picture, without transparency. */
  pipeline(): Sharp;
}

/** Why a picture cannot be used, as the end of a sentence that begins with its name. */
export class UnreadableImage extends Error {}

/** @throws UnreadableImage when the file is missing, empty, too large, or no picture of a kind we read. */
export async function openImage(source: ImageSource): Promise<OpenedImage> {
  const { bytes, name } = await readImageBytes(source);
  if (bytes.length === 0) throw new UnreadableImage('it is empty (0 bytes)');
  if (looksLikePgm(bytes)) return openRaw({ bytes, name, parse: parsePgm, formats: { 1: 'pgm', 3: 'ppm' } });
  if (looksLikeBmp(bytes)) return openRaw({ bytes, name, parse: parseBmp, formats: { 1: 'bmp', 3: 'bmp' } });
  return openWithSharp(bytes, name);
}

/** @throws UnreadableImage when the file is missing, too large, or none. */
export async function readImageBytes(source: ImageSource): Promise<{ bytes: Uint8Array; name: string }> {
  if (source.kind === 'bytes') return source;
  const name = basename(source.path);
  try {
    const status = await stat(source.path);
    if (!status.isFile()) throw new UnreadableImage('it is not a file');
    if (status.size > FILE_LIMIT) throw new UnreadableImage(`it is larger than ${FILE_LIMIT / 2 ** 20} MiB`);
    return { bytes: await readFile(source.path), name };
  } catch (error) {
    if (error instanceof UnreadableImage) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    throw new UnreadableImage(code === 'ENOENT' ? 'the file is not there' : `the file cannot be read (${code ?? String(error)})`);
  }
}

interface OwnFormat {
  bytes: Uint8Array;
  name: string;
  parse: (bytes: Uint8Array, pixelLimit: number) => RawPicture;
  /** By number of channels. */
  formats: Record<RawPicture['channels'], string>;
}

function openRaw({ bytes, name, parse, formats }: OwnFormat): OpenedImage {
  let picture;
  try {
    picture = parse(bytes, PIXEL_LIMIT);
  } catch (error) {
    throw new UnreadableImage((error as Error).message);
  }
  const { width, height, channels, pixels } = picture;
  const pipeline = () => sharp(pixels, { raw: { width, height, channels } });
  return { bytes, name, format: formats[channels], width, height, pipeline };
}

async function openWithSharp(bytes: Uint8Array, name: string): Promise<OpenedImage> {
  const open = () => sharp(bytes, { limitInputPixels: PIXEL_LIMIT, failOn: 'error' });
  let header;
  try {
    header = await open().metadata();
  } catch (error) {
    throw new UnreadableImage(describeFailure(error, bytes));
  }
  const { width, height } = header.autoOrient;
  if (width * height > PIXEL_LIMIT) {
    throw new UnreadableImage(`it has ${width} x ${height} pixels, more than the ${PIXEL_LIMIT / 1e6} million allowed`);
  }
  const pipeline = () => open().autoOrient().flatten({ background: 'white' });
  return { bytes, name, format: header.format, width, height, pipeline };
}

/** libvips' message in words for a person. */
export function describeFailure(error: unknown, bytes: Uint8Array): string {
  const message = error instanceof Error ? error.message : String(error);
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1').toLowerCase();
  if (head.includes('<svg')) return 'it is an SVG drawing, which may load other files; only pixel images are read';
  if (isHeic(bytes)) return 'it is a HEIC photo, whose compression cannot be read here; save it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible)';
  if (/pixel limit/i.test(message)) return `it has more than the ${PIXEL_LIMIT / 1e6} million pixels allowed`;
  if (/unsupported image format/i.test(message)) return 'it is not a picture of a kind we read (JPEG, PNG, WebP, TIFF, GIF, AVIF, BMP, PGM)';
  if (/premature end|truncat|end of file|not enough data|out of data|EOF/i.test(message)) return 'it is cut short or damaged';
  return `it is damaged (${message.split('\n')[0]!.trim()})`;
}

/** Whether the file's own list of brands (ISO/IEC 14496-12, 'ftyp'; ISO/IEC 23008-12, annex B) says HEVC; some phones name it only after 'mif1'. */
function isHeic(bytes: Uint8Array): boolean {
  const box = Buffer.from(bytes.subarray(0, 256));
  if (box.length < 16 || box.toString('latin1', 4, 8) !== 'ftyp') return false;
  const brands = box.toString('latin1', 8, Math.min(box.length, box.readUInt32BE(0)));
  return /^(.{4})*?(hei[cxms]|hev[cxms])/s.test(brands);
}
