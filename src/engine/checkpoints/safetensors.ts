/** One named array. `float32` is all that training needs; the others are for what others wrote and for memories. */
export interface StoredTensor {
  shape: number[];
  values: Float32Array | Float64Array | Int32Array | Uint8Array;
}

export interface TensorFile {
  tensors: Map<string, StoredTensor>;
  /** Free text by key, kept in the header. */
  metadata: Record<string, string>;
}

const KINDS = {
  F32: { bytes: 4, view: (bytes: ArrayBuffer) => new Float32Array(bytes) },
  F64: { bytes: 8, view: (bytes: ArrayBuffer) => new Float64Array(bytes) },
  I32: { bytes: 4, view: (bytes: ArrayBuffer) => new Int32Array(bytes) },
  U8: { bytes: 1, view: (bytes: ArrayBuffer) => new Uint8Array(bytes) },
} as const;
type Kind = keyof typeof KINDS;

interface HeaderEntry {
  dtype: Kind;
  shape: number[];
  data_offsets: [number, number];
}

const LENGTH_BYTES = 8;
const ALIGNMENT = 8;

/** The bytes of a safetensors file (huggingface/safetensors, format 0.4): header length, JSON header, little-endian data. */
export function encodeSafetensors({ tensors, metadata }: TensorFile): Uint8Array {
  const header: Record<string, HeaderEntry | Record<string, string>> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { shape, values }] of tensors) {
    header[name] = { dtype: kindOf(values), shape, data_offsets: [end, end + values.byteLength] };
    end += values.byteLength;
  }
  const text = JSON.stringify(header);
  const textBytes = Buffer.byteLength(text);
  const headerBytes = Math.ceil((LENGTH_BYTES + textBytes) / ALIGNMENT) * ALIGNMENT - LENGTH_BYTES;
  const file = Buffer.alloc(LENGTH_BYTES + headerBytes + end, ' ');
  file.writeBigUInt64LE(BigInt(headerBytes), 0);
  file.write(text, LENGTH_BYTES);
  let offset = LENGTH_BYTES + headerBytes;
  for (const { values } of tensors.values()) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
    offset += values.byteLength;
  }
  return file;
}

/** @throws Error with the end of a sentence that begins with the file's name, when the bytes are not a whole safetensors file. */
export function decodeSafetensors(file: Uint8Array): TensorFile {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < LENGTH_BYTES) throw new Error('is cut short');
  const headerBytes = Number(bytes.readBigUInt64LE(0));
  const start = LENGTH_BYTES + headerBytes;
  if (start > bytes.length) throw new Error('is cut short, or no safetensors file');
  const header = parseHeader(bytes.toString('utf8', LENGTH_BYTES, start));
  const { __metadata__: metadata = {}, ...entries } = header;
  const tensors = new Map<string, StoredTensor>();
  for (const [name, entry] of Object.entries(entries)) tensors.set(name, readTensor(bytes.subarray(start), name, entry as HeaderEntry));
  return { tensors, metadata: metadata as Record<string, string> };
}

function parseHeader(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new Error('has a damaged header');
  }
}

function readTensor(body: Buffer, name: string, { dtype, shape, data_offsets }: HeaderEntry): StoredTensor {
  const kind = KINDS[dtype];
  const [start, end] = data_offsets;
  const size = shape.reduce((product, side) => product * side, 1);
  if (!kind || end - start !== size * kind.bytes || end > body.length) throw new Error(`is damaged at "${name}"`);
  // A copy, because a view must begin at a multiple of its element size in memory.
  const copy = new Uint8Array(end - start);
  copy.set(body.subarray(start, end));
  return { shape, values: kind.view(copy.buffer) };
}

function kindOf(values: StoredTensor['values']): Kind {
  if (values instanceof Float32Array) return 'F32';
  if (values instanceof Float64Array) return 'F64';
  return values instanceof Int32Array ? 'I32' : 'U8';
}
