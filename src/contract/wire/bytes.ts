/**
 * JSON that carries bytes and every float64: a Uint8Array is written as {"$bytes": "<base64>"}, a number JSON has no word
 * for as {"$number": "NaN" | "Infinity" | "-Infinity"}. Keys that begin with "$" are written with a second "$", so that
 * nothing a person typed can pass for a tag.
 */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const symbolCodes = Uint8Array.from(alphabet, (symbol) => symbol.charCodeAt(0));
const padding = '='.charCodeAt(0);
const notASymbol = 255;
const sextets = new Uint8Array(256).fill(notASymbol);
symbolCodes.forEach((code, sextet) => {
  sextets[code] = sextet;
});
/** String.fromCharCode takes its codes as arguments, whose number is limited. */
const codesPerCall = 0x8000;

export function toBase64(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(padding);
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    const group = (bytes[from]! << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    codes[to] = symbolCodes[group >> 18]!;
    codes[to + 1] = symbolCodes[(group >> 12) & 63]!;
    if (from + 1 < bytes.length) codes[to + 2] = symbolCodes[(group >> 6) & 63]!;
    if (from + 2 < bytes.length) codes[to + 3] = symbolCodes[group & 63]!;
  }
  const chunks: string[] = [];
  for (let start = 0; start < codes.length; start += codesPerCall) {
    chunks.push(String.fromCharCode(...codes.subarray(start, start + codesPerCall)));
  }
  return chunks.join('');
}

/** Strict: whole groups of four, padded, nothing else; throws SyntaxError. */
export function fromBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0) throw new SyntaxError('Base64 text comes in groups of four characters.');
  const padded = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const symbols = text.length - padded;
  const bytes = new Uint8Array((text.length / 4) * 3 - padded);
  let gathered = 0;
  for (let index = 0, to = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const sextet = index < symbols ? (sextets[code] ?? notASymbol) : 0;
    if (sextet === notASymbol) throw new SyntaxError(`Base64 text has an unexpected character at position ${String(index)}.`);
    gathered = ((gathered << 6) | sextet) & 0xffffff;
    if (index % 4 === 3) {
      bytes[to] = gathered >> 16;
      if (to + 1 < bytes.length) bytes[to + 1] = (gathered >> 8) & 255;
      if (to + 2 < bytes.length) bytes[to + 2] = gathered & 255;
      to += 3;
    }
  }
  return bytes;
}

export function encodeBytes(value: unknown): string {
  // `this[key]`, not `plain`: a Buffer's toJSON has already turned `plain` into an object of numbers.
  const tagged = JSON.stringify(value, function (this: Record<string, unknown>, key, plain: unknown) {
    const original = this[key];
    if (original instanceof Uint8Array) return { $bytes: toBase64(original) };
    if (typeof plain === 'number' && !Number.isFinite(plain)) return { $number: String(plain) };
    return escapeKeys(plain);
  }) as string | undefined;
  return tagged ?? 'null';
}

/** Throws SyntaxError for what is not JSON, or not written by `encodeBytes`. */
export function decodeBytes(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) => (isRecord(value) ? fromTagged(value) : value));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escapeKeys(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const keys = Object.keys(value);
  if (!keys.some((key) => key.startsWith('$'))) return value;
  return Object.fromEntries(keys.map((key) => [key.startsWith('$') ? `$${key}` : key, value[key]]));
}

function fromTagged(value: Record<string, unknown>): unknown {
  const keys = Object.keys(value);
  if (!keys.some((key) => key.startsWith('$'))) return value;
  if (keys.length === 1 && typeof value['$bytes'] === 'string') return fromBase64(value['$bytes']);
  if (keys.length === 1 && isNumberWord(value['$number'])) return Number(value['$number']);
  return Object.fromEntries(keys.map((key) => [unescapeKey(key), value[key]]));
}

function isNumberWord(word: unknown): boolean {
  return word === 'NaN' || word === 'Infinity' || word === '-Infinity';
}

function unescapeKey(key: string): string {
  if (!key.startsWith('$')) return key;
  if (!key.startsWith('$$')) throw new SyntaxError(`"${key}" is not a tag of this protocol.`);
  return key.slice(1);
}
