import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { scratchFolder } from './scratch-setup.ts';
import { extract, readEntries } from './zip.mjs';

/** The smallest writer of the format: local headers with data, then the directory, then its end. */
function zip(files: Record<string, Buffer>, mode = 0o100755): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = deflateRawSync(content);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(content), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(content.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const entry = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), fields, tail, Buffer.from(name)]));
    local.push(entry);
    offset += entry.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...local, listed, Buffer.from('PK\x05\x06'), end]);
}

const library = Buffer.from('a library '.repeat(100_000));
const archive = zip({ 'tensorflow/lib.so': library, 'tensorflow/empty': Buffer.alloc(0), 'other/readme': Buffer.from('no') });

function write(content: Buffer) {
  const folder = scratchFolder();
  const file = join(folder, 'a.whl');
  writeFileSync(file, content);
  return { file, folder: join(folder, 'out') };
}

test('only the chosen entries are unpacked, whole and with their permissions', async () => {
  const { file, folder } = write(archive);
  const seen: number[] = [];
  const placeOf = (name: string) => (name.startsWith('tensorflow/') ? `deps/${name.slice(11)}` : null);
  const written = await extract(file, { folder, placeOf, onBytes: (bytes) => seen.push(bytes) });
  expect(written).toEqual({ files: 2, bytes: library.length });
  expect(readFileSync(join(folder, 'deps/lib.so')).equals(library)).toBe(true);
  expect(statSync(join(folder, 'deps/lib.so')).mode & 0o777).toBe(0o755);
  expect(statSync(join(folder, 'deps/empty')).size).toBe(0);
  expect(existsSync(join(folder, 'deps/readme'))).toBe(false);
  expect(seen.at(-1)).toBe(library.length);
});

test('an archive that is cut short is refused', async () => {
  for (const length of [10, archive.length - 30, archive.length - 1]) {
    const { file } = write(archive.subarray(0, length));
    await expect(readEntries(file)).rejects.toThrow(/cut short|broken/);
  }
});

test('an entry whose content does not match its CRC is refused', async () => {
  const damaged = Buffer.from(archive);
  // In the directory, after two signatures' worth of fields: the CRC of the first entry.
  const directoryAt = damaged.indexOf('PK\x01\x02');
  damaged.writeUInt32LE(1, directoryAt + 16);
  const { file, folder } = write(damaged);
  await expect(extract(file, { folder, placeOf: (name) => name })).rejects.toThrow('damaged');
});

test('an entry that would land outside the folder is refused', async () => {
  const { file, folder } = write(zip({ '../escape': Buffer.from('x') }));
  await expect(extract(file, { folder, placeOf: (name) => name })).rejects.toThrow('outside');
});
