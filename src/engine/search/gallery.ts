import { RequestError } from '../../contract/request-error.ts';

export interface GalleryRows {
  revision: string;
  subjectIds: string[];
  size: number;
  /** [subjects, size], row-major. */
  vectors: Float32Array;
}

export interface Found {
  subjectId: string;
  score: number;
}

/** The gallery being searched. One engine holds one. */
export interface Gallery {
  load(rows: GalleryRows): { rows: number };
  search(query: { revision: string; probe: Float32Array; limit: number }): { stale: true } | { stale: false; candidates: Found[] };
}

export function createGallery(): Gallery {
  let loaded: GalleryRows | null = null;
  return {
    load(rows) {
      if (rows.vectors.length !== rows.subjectIds.length * rows.size) {
        throw new RequestError('invalid-input', `The gallery has ${rows.subjectIds.length} subjects but ${rows.vectors.length} numbers, not ${rows.size} for each.`);
      }
      loaded = rows;
      return { rows: rows.subjectIds.length };
    },
    search({ revision, probe, limit }) {
      if (!loaded || loaded.revision !== revision) return { stale: true };
      if (probe.length !== loaded.size) {
        throw new RequestError('invalid-input', `The probe has ${probe.length} numbers, the gallery's templates ${loaded.size}.`);
      }
      const { subjectIds } = loaded;
      const best = highest(dotProducts(loaded, probe), limit);
      return { stale: false, candidates: best.map(({ row, score }) => ({ subjectId: subjectIds[row]!, score })) };
    },
  };
}

/** The probe's dot product with each row, summed in float64. */
function dotProducts({ vectors, size }: GalleryRows, probe: Float32Array): Float64Array {
  const scores = new Float64Array(vectors.length / size);
  for (let row = 0, start = 0; row < scores.length; row++, start += size) {
    // Four sums at once: one would wait for itself at every addition.
    let [a, b, c, d] = [0, 0, 0, 0];
    let column = 0;
    for (; column + 3 < size; column += 4) {
      const at = start + column;
      a += vectors[at]! * probe[column]!;
      b += vectors[at + 1]! * probe[column + 1]!;
      c += vectors[at + 2]! * probe[column + 2]!;
      d += vectors[at + 3]! * probe[column + 3]!;
    }
    for (; column < size; column++) a += vectors[start + column]! * probe[column]!;
    scores[row] = a + b + (c + d);
  }
  return scores;
}

interface Ranked {
  row: number;
  score: number;
}

/** The `limit` highest scores, best first; of equal scores the earlier row. */
function highest(scores: Float64Array, limit: number): Ranked[] {
  const best: Ranked[] = [];
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row]!;
    if (best.length === limit && !(score > best[limit - 1]!.score)) continue;
    let place = best.length;
    while (place > 0 && best[place - 1]!.score < score) place--;
    best.splice(place, 0, { row, score });
    if (best.length > limit) best.pop();
  }
  return best;
}
