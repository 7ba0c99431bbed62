export interface EmbeddingRow {
  path: string;
  /** Unit length, [size]. */
  vector: Float32Array;
}

/** path, e0, e1...: nine significant digits give every float32 back exactly. */
export function embeddingCsv(rows: readonly EmbeddingRow[], size: number): string {
  const heading = ['path', ...Array.from({ length: size }, (_, index) => `e${index}`)].join(',');
  const lines = rows.map(({ path, vector }) => [quoted(path), ...Array.from(vector, digits)].join(','));
  return `${[heading, ...lines].join('\n')}\n`;
}

/** row, path: which picture each row of the array is of. */
export function pathsCsv(rows: readonly EmbeddingRow[]): string {
  return `${['row,path', ...rows.map(({ path }, index) => `${index},${quoted(path)}`)].join('\n')}\n`;
}

/**
 * NumPy's array file, version 1.0: float32, little-endian, row-major, [rows, size]; the header is padded so that the
 * numbers begin at a multiple of 64 (numpy.lib.format).
 */
export function embeddingNpy(rows: readonly EmbeddingRow[], size: number): Uint8Array {
  const description = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows.length}, ${size}), }`;
  const prefixBytes = 10;
  const headerBytes = Math.ceil((prefixBytes + description.length + 1) / 64) * 64 - prefixBytes;
  const file = new Uint8Array(prefixBytes + headerBytes + rows.length * size * 4);
  const view = new DataView(file.buffer);
  file.set([0x93, ...Buffer.from('NUMPY', 'latin1'), 1, 0]);
  view.setUint16(8, headerBytes, true);
  file.set(Buffer.from(`${description.padEnd(headerBytes - 1)}\n`, 'latin1'), prefixBytes);
  for (const [row, { vector }] of rows.entries()) {
    for (const [column, value] of vector.entries()) view.setFloat32(prefixBytes + headerBytes + (row * size + column) * 4, value, true);
  }
  return file;
}

function digits(value: number): string {
  return Number(value.toPrecision(9)).toString();
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
