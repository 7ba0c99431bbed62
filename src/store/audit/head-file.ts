import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { RequestError } from '../../contract/request-error.ts';
import { base64, fromBase64 } from '../protection/key-slots.ts';
import type { ChainHead } from './audit-chain.ts';

/** The anchor of the audit, beside the database. */
export const headFileName = 'audit.head';

interface HeadFile {
  sequence: number;
  mac: string;
  key: number;
  tag: string;
}

/** The head that was written last; null where there is none, or somebody without the key wrote it. */
export function readHead(file: string, secretOf: (key: number) => Uint8Array | undefined): ChainHead | null {
  const head = parse(file);
  if (head === null) return null;
  const secret = secretOf(head.key);
  const tag = fromBase64(head.tag);
  const expected = secret && tagOf(secret, head);
  if (expected === undefined || tag.length !== expected.length || !timingSafeEqual(tag, expected)) return null;
  return { sequence: head.sequence, mac: fromBase64(head.mac) };
}

export function writeHead(file: string, { sequence, mac }: ChainHead, { number, secret }: { number: number; secret: Uint8Array }): void {
  const head = { sequence, mac: base64(mac), key: number };
  const part = `${file}.${process.pid}.part`;
  try {
    writeFileSync(part, `${JSON.stringify({ ...head, tag: base64(tagOf(secret, head)) })}\n`, { mode: 0o600 });
    renameSync(part, file);
  } catch (error) {
    throw new RequestError('storage', `The anchor of the audit, ${file}, could not be written (${error instanceof Error ? error.message : String(error)}). Free some space, or give yourself write permission there.`);
  }
}

function tagOf(secret: Uint8Array, { sequence, mac, key }: Omit<HeadFile, 'tag'>): Uint8Array {
  return createHmac('sha256', secret).update('head\0').update(JSON.stringify([sequence, mac, key])).digest();
}

function parse(file: string): HeadFile | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as HeadFile;
  } catch {
    return null;
  }
}
