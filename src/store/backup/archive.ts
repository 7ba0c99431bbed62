import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { RequestError } from '../../contract/request-error.ts';

/**
 * An encrypted archive of files: a line that says what it is, then pieces of at most 1 MB, each AES-256-GCM under a key from the
 * passphrase (scrypt). The nonce counts the pieces and the last one is marked, so none can be changed, moved, left out or cut off.
 */
const magic = 'likeness backup 1';
const pieceLength = 1024 * 1024;
const tagLength = 16;
const cost = { N: 2 ** 17, r: 8, p: 1 };

interface Head {
  format: typeof magic;
  salt: string;
  cost: typeof cost;
  madeAt: string;
}

export interface ArchiveWriter {
  write(bytes: Uint8Array): Promise<void>;
  /** Writes the last piece, and sees it onto the disk. */
  end(): Promise<void>;
}

export async function createArchive(file: FileHandle, passphrase: string): Promise<ArchiveWriter> {
  const salt = randomBytes(16);
  const key = await stretch(passphrase, salt, cost);
  const head = headLine({ format: magic, salt: salt.toString('base64'), cost, madeAt: new Date().toISOString() });
  await file.write(head);
  let [waiting, piece] = [Buffer.alloc(0), 0];
  const put = async (content: Buffer, isLast: boolean): Promise<void> => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(piece++)).setAAD(associated(head, isLast));
    const body = Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
    const length = Buffer.alloc(5);
    length.writeUInt32LE(body.length);
    length[4] = Number(isLast);
    await file.write(Buffer.concat([length, body]));
  };
  return {
    write: async (bytes) => {
      waiting = Buffer.concat([waiting, bytes]);
      while (waiting.length > pieceLength) {
        await put(waiting.subarray(0, pieceLength), false);
        waiting = waiting.subarray(pieceLength);
      }
    },
    end: async () => {
      await put(waiting, true);
      await file.sync();
    },
  };
}

/** The content of an archive, piece by piece; each is proved before it is given. @throws RequestError */
export async function* readArchive(file: FileHandle, passphrase: string): AsyncGenerator<Buffer, void> {
  const { head, start } = await readHead(file);
  const key = await stretch(passphrase, Buffer.from(head.salt, 'base64'), head.cost);
  const aad = headLine(head);
  let position = start;
  for (let piece = 0; ; piece++) {
    const length = await readExactly(file, position, 5);
    const isLast = length[4] === 1;
    const size = length.readUInt32LE();
    if (size < tagLength || size > pieceLength + tagLength) throw damaged();
    const body = await readExactly(file, position + 5, size);
    position += 5 + size;
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(piece)).setAAD(associated(aad, isLast)).setAuthTag(body.subarray(-tagLength));
    const content = decipher.update(body.subarray(0, -tagLength));
    try {
      decipher.final();
    } catch {
      if (piece > 0) throw damaged();
      throw new RequestError('wrong-passphrase', 'This is not the passphrase that the backup was made with, or its beginning is damaged.');
    }
    yield content;
    if (isLast) return;
  }
}

async function readHead(file: FileHandle): Promise<{ head: Head; start: number }> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1000), 0, 1000, 0);
  const end = buffer.subarray(0, bytesRead).indexOf('\n');
  try {
    const head = JSON.parse(buffer.subarray(0, end).toString('utf8')) as Head;
    // What a stranger's file asks for must not exhaust the machine.
    if (head.format === magic && head.cost.N <= 2 ** 20 && head.cost.r <= 16 && head.cost.p <= 4) return { head, start: end + 1 };
  } catch {
    // Said below.
  }
  throw new RequestError('invalid-input', 'This file is not a backup of Likeness, or its beginning is damaged.');
}

async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new RequestError('invalid-input', 'This backup ends too early: it was not copied whole. Nothing was changed.');
  return buffer;
}

function damaged(): RequestError {
  return new RequestError('invalid-input', 'This backup is damaged or was changed. Nothing was changed here; use another copy.');
}

function headLine({ format, salt, cost: { N, r, p }, madeAt }: Head): Buffer {
  return Buffer.from(`${JSON.stringify({ format, salt, cost: { N, r, p }, madeAt })}\n`, 'utf8');
}

function associated(head: Buffer, isLast: boolean): Buffer {
  return Buffer.concat([head, Uint8Array.of(Number(isLast))]);
}

function nonceOf(piece: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64LE(BigInt(piece), 4);
  return nonce;
}

function stretch(passphrase: string, salt: Uint8Array, { N, r, p }: typeof cost): Promise<Buffer> {
  return new Promise((settle, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, 32, { N, r, p, maxmem: 256 * N * r }, (error, key) => { if (error === null) settle(key); else reject(error); });
  });
}
