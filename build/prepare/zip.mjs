import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, open } from 'node:fs/promises';
import { dirname, join, relative, isAbsolute } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';

/**
 * A reader for the archives that Python calls wheels: streaming, so that an 800 MB library never lies in memory, and without
 * a dependency, since it runs before there are any.
 * @typedef {object} Entry
 * @property {string} name
 * @property {number} method          0 stored, 8 deflated
 * @property {number} crc
 * @property {number} compressedSize
 * @property {number} size
 * @property {number} offset          of the local header
 * @property {number} mode            POSIX permissions
 */

const END_OF_DIRECTORY = 0x06054b50;
const END_OF_DIRECTORY_64_LOCATOR = 0x07064b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;
const STANDS_IN_EXTRA = 0xffffffff;

/**
 * @param {string} file
 * @returns {Promise<Entry[]>}
 * @throws when the archive is cut short or is none
 */
export async function readEntries(file) {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const tailSize = Math.min(size, END_SIZE + LONGEST_COMMENT + 20);
    const tail = await readAt(handle, size - tailSize, tailSize);
    let at = tail.length - END_SIZE;
    while (at >= 0 && tail.readUInt32LE(at) !== END_OF_DIRECTORY) at -= 1;
    if (at < 0) throw new Error('the archive is cut short: its directory is missing');
    const where = await locateDirectory(handle, tail, at);
    const directory = await readAt(handle, where.offset, where.size);
    return parseDirectory(directory, where.count);
  } finally {
    await handle.close();
  }
}

/**
 * @param {import('node:fs/promises').FileHandle} handle
 * @param {Buffer} tail
 * @param {number} at
 */
async function locateDirectory(handle, tail, at) {
  const small = { count: tail.readUInt16LE(at + 10), size: tail.readUInt32LE(at + 12), offset: tail.readUInt32LE(at + 16) };
  const isLarge = at >= 20 && tail.readUInt32LE(at - 20) === END_OF_DIRECTORY_64_LOCATOR;
  if (!isLarge) return small;
  const end = await readAt(handle, Number(tail.readBigUInt64LE(at - 20 + 8)), 56);
  return {
    count: Number(end.readBigUInt64LE(32)),
    size: Number(end.readBigUInt64LE(40)),
    offset: Number(end.readBigUInt64LE(48)),
  };
}

/**
 * @param {Buffer} directory
 * @param {number} count
 */
function parseDirectory(directory, count) {
  const entries = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (directory.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('the archive has a broken directory');
    const nameLength = directory.readUInt16LE(at + 28);
    const extraLength = directory.readUInt16LE(at + 30);
    const extra = directory.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      mode: (directory.readUInt32LE(at + 38) >>> 16) & 0o777,
      ...readSizes(directory, at, extra),
    });
    at += 46 + nameLength + extraLength + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * @param {Buffer} directory
 * @param {number} at
 * @param {Buffer} extra
 */
function readSizes(directory, at, extra) {
  const large = largeFields(extra);
  /** @param {number} position */
  const read = (position) => {
    const value = directory.readUInt32LE(at + position);
    return value === STANDS_IN_EXTRA && large.length > 0 ? /** @type {number} */ (large.shift()) : value;
  };
  // The order in which the 64-bit values stand in the extra field.
  const size = read(24);
  const compressedSize = read(20);
  const offset = read(42);
  return { size, compressedSize, offset };
}

/** @param {Buffer} extra */
function largeFields(extra) {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const count = Math.floor(extra.readUInt16LE(at + 2) / 8);
    return Array.from({ length: count }, (_, index) => Number(extra.readBigUInt64LE(at + 4 + 8 * index)));
  }
  return [];
}

/**
 * Writes the chosen entries to disk, each checked against its CRC.
 * @param {string} file
 * @param {object} choice
 * @param {string} choice.folder
 * @param {(name: string) => string | null} choice.placeOf   where below the folder an entry goes; null: not wanted
 * @param {(written: number, total: number) => void} [choice.onBytes]
 * @returns {Promise<{ files: number, bytes: number }>}
 */
export async function extract(file, { folder, placeOf, onBytes = () => {} }) {
  const wanted = (await readEntries(file)).flatMap((entry) => {
    const place = entry.name.endsWith('/') ? null : placeOf(entry.name);
    return place === null ? [] : [{ entry, path: pathInside(folder, place) }];
  });
  const total = wanted.reduce((sum, { entry }) => sum + entry.size, 0);
  let written = 0;
  const handle = await open(file);
  try {
    for (const { entry, path } of wanted) {
      await mkdir(dirname(path), { recursive: true });
      await writeEntry(handle, { entry, path, onChunk: (bytes) => onBytes((written += bytes), total) });
      if (entry.mode !== 0) await chmod(path, entry.mode | 0o600);
    }
  } finally {
    await handle.close();
  }
  return { files: wanted.length, bytes: total };
}

/**
 * @param {string} folder
 * @param {string} place
 */
function pathInside(folder, place) {
  const path = join(folder, place);
  const way = relative(folder, path);
  if (way.startsWith('..') || isAbsolute(way)) throw new Error(`the archive wants to write outside its folder: ${place}`);
  return path;
}

/**
 * @param {import('node:fs/promises').FileHandle} handle
 * @param {{ entry: Entry, path: string, onChunk: (bytes: number) => void }} job
 */
async function writeEntry(handle, { entry, path, onChunk }) {
  const header = await readAt(handle, entry.offset, 30);
  if (header.readUInt32LE(0) !== LOCAL_HEADER) throw new Error(`the archive is broken at ${entry.name}`);
  const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  let crc = 0;
  let size = 0;
  const check = new Transform({
    transform(chunk, _encoding, next) {
      crc = crc32(chunk, crc);
      size += chunk.length;
      onChunk(chunk.length);
      next(null, chunk);
    },
  });
  const end = start + entry.compressedSize - 1;
  const isEmpty = entry.compressedSize === 0;
  const source = isEmpty ? [] : createReadStream(path, { fd: handle.fd, start, end, autoClose: false, highWaterMark: 1 << 20 });
  if (entry.method === 8) await pipeline(source, createInflateRaw({ chunkSize: 1 << 18 }), check, createWriteStream(path));
  else if (entry.method === 0) await pipeline(source, check, createWriteStream(path));
  else throw new Error(`the archive packs ${entry.name} in a way this reader does not know (${entry.method})`);
  if (size !== entry.size || crc >>> 0 !== entry.crc) throw new Error(`${entry.name} is damaged in the archive (CRC)`);
}

/**
 * @param {import('node:fs/promises').FileHandle} handle
 * @param {number} position
 * @param {number} length
 */
async function readAt(handle, position, length) {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new Error('the archive is cut short');
  return buffer;
}
