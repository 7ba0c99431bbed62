import type { Match, TableQuery, TemplateTable } from './template-table.ts';

const chunkRows = 4096;

/** The search without anything compiled. It looks through all rows in float64, whatever precision is asked for. */
export function createPortableTable(size: number): TemplateTable {
  const chunks: Float32Array[] = [];
  let rows = 0;
  const place = (row: number): Float32Array => {
    const start = (row % chunkRows) * size;
    return chunks[Math.floor(row / chunkRows)]!.subarray(start, start + size);
  };
  return {
    size,
    get rows() { return rows; },
    get bytes() { return chunks.length * chunkRows * size * Float32Array.BYTES_PER_ELEMENT; },
    append(vectors) {
      for (let start = 0; start < vectors.length; start += size) {
        const vector = finite(vectors.subarray(start, start + size));
        if (rows === chunks.length * chunkRows) chunks.push(new Float32Array(chunkRows * size));
        place(rows++).set(vector);
      }
    },
    put(row, vector) { place(row).set(finite(vector)); },
    remove(row) {
      const last = place(rows - 1);
      place(row).set(last);
      last.fill(0);
      rows--;
      if (rows <= (chunks.length - 1) * chunkRows) chunks.pop();
    },
    clear() {
      for (const chunk of chunks.splice(0)) chunk.fill(0);
      rows = 0;
    },
    search: ({ probes, limit }: TableQuery) =>
      Array.from({ length: probes.length / size }, (_, probe) => best({ chunks, rows, size }, finite(probes.subarray(probe * size, (probe + 1) * size)), limit)),
  };
}

interface Rows {
  chunks: readonly Float32Array[];
  rows: number;
  size: number;
}

/** The `limit` highest scores, best first; of equal scores the earlier row. */
function best({ chunks, rows, size }: Rows, probe: Float32Array, limit: number): Match[] {
  const matches: Match[] = [];
  for (let row = 0; row < rows; row++) {
    const score = dotProduct(chunks[Math.floor(row / chunkRows)]!, (row % chunkRows) * size, probe);
    if (matches.length === limit && !(score > matches[limit - 1]!.score)) continue;
    let place = matches.length;
    while (place > 0 && matches[place - 1]!.score < score) place--;
    matches.splice(place, 0, { row, score });
    if (matches.length > limit) matches.pop();
  }
  return matches;
}

/** As native/search.h sums it: four sums at once, of which one would wait for itself at every addition. */
function dotProduct(vectors: Float32Array, start: number, probe: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let column = 0;
  for (; column + 3 < probe.length; column += 4) {
    const at = start + column;
    a += vectors[at]! * probe[column]!;
    b += vectors[at + 1]! * probe[column + 1]!;
    c += vectors[at + 2]! * probe[column + 2]!;
    d += vectors[at + 3]! * probe[column + 3]!;
  }
  for (; column < probe.length; column++) a += vectors[start + column]! * probe[column]!;
  return a + b + (c + d);
}

function finite(vector: Float32Array): Float32Array {
  if (!vector.every(Number.isFinite)) throw new Error('A template or probe holds numbers that are not finite.');
  return vector;
}
