import { readFile } from 'node:fs/promises';
import type { RequestErrorCode } from '../contract/request-error.ts';
import { RequestError } from '../contract/request-error.ts';

/** A JSON object out of a file; the error says which file and why. */
export async function readJson(path: string, code: RequestErrorCode): Promise<object> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new RequestError(code, isMissing ? `There is no file ${path}.` : `${path} cannot be read: ${wordsOf(error)}.`);
  });
  const value = parse(text, path, code);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new RequestError(code, `${path} must hold a JSON object, {...}.`);
}

function parse(text: string, path: string, code: RequestErrorCode): unknown {
  try {
    return JSON.parse(withStandardNumbers(text));
  } catch (error) {
    throw new RequestError(code, `${path} is not JSON: ${wordsOf(error)}.`);
  }
}

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g;

/**
 * Python's json writes NaN and Infinity bare, which JSON has no words for. They are let through, NaN as null, so that
 * the request can say which entry is no number instead of where the text breaks.
 */
function withStandardNumbers(text: string): string {
  if (!/NaN|Infinity/.test(text)) return text;
  return text.replaceAll(stringOrNumber, (found) => {
    if (found.startsWith('"')) return found;
    return found === 'NaN' ? 'null' : found.replace('Infinity', '1e999');
  });
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
