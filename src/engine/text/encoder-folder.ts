import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RequestError } from '../../contract/request-error.ts';

export const fetchEncoderCommand = 'npm run --silent likeness -- setup --text';

/** A sentence encoder on disk. */
export interface EncoderFolder {
  folder: string;
  model: string;
  tokenizer: string;
  /** SHA-256 of both files, by which the embeddings are remembered. */
  fingerprint: string;
}

/**
 * The encoder in the given folder, or the one that the set-up fetches (null). Looks at this machine only.
 *
 * @throws RequestError('no-model') that says which file is missing and what would bring it.
 */
export async function findEncoder(folder: string | null, fetched: string = fetchedEncoderFolder()): Promise<EncoderFolder> {
  const place = folder ?? fetched;
  const [model, tokenizer] = [join(place, 'model.onnx'), join(place, 'tokenizer.json')];
  const missing: string[] = [];
  for (const file of [model, tokenizer]) if (!(await stat(file).catch(() => null))?.isFile()) missing.push(file);
  if (missing.length > 0) throw new RequestError('no-model', whatIsMissing(folder, missing));
  const hash = createHash('sha256');
  for (const file of [model, tokenizer]) hash.update(await readFile(file));
  return { folder: place, model, tokenizer, fingerprint: hash.digest('hex') };
}

/** Where build/prepare-text-encoder.mjs puts it. */
export const fetchedEncoderFolder = (from?: string): string => join(cacheFolder(from), 'text-encoder');

/** The folder of everything the set-up fetches, seen from the source as well as from the bundled engine. */
export function cacheFolder(from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    const isRoot = dirname(folder) === folder;
    if (isRoot || (existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: unknown }).name === 'likeness')) {
      return join(folder, '.cache');
    }
  }
}

function whatIsMissing(folder: string | null, missing: string[]): string {
  if (folder === null) return `The text encoder for language guidance is not installed. To fetch it (about 105 MB to download, 23 MB kept): ${fetchEncoderCommand}`;
  return `The text encoder is not whole: ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing. `
    + `Choose a folder with model.onnx and tokenizer.json, or none for the encoder that this command fetches: ${fetchEncoderCommand}`;
}
