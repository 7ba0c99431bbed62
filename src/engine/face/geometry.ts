/** A point of a picture, in pixels from its upper left corner. */
export interface Point {
  x: number;
  y: number;
}

/** Turns, scales and shifts a point: x' = a x - b y + tx, y' = b x + a y + ty. */
export interface Similarity {
  a: number;
  b: number;
  tx: number;
  ty: number;
}

export const apply = ({ a, b, tx, ty }: Similarity, { x, y }: Point): Point => ({ x: a * x - b * y + tx, y: b * x + a * y + ty });

export const middle = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
});

/** The similarity that brings `from` nearest to `to` in least squares (Umeyama, PAMI 1991, in the plane, without mirroring). */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): Similarity {
  const [centre, target] = [middle(from), middle(to)];
  let [along, across, spread] = [0, 0, 0];
  for (const [index, point] of from.entries()) {
    const [x, y] = [point.x - centre.x, point.y - centre.y];
    const [u, v] = [to[index]!.x - target.x, to[index]!.y - target.y];
    along += x * u + y * v;
    across += x * v - y * u;
    spread += x * x + y * y;
  }
  const [a, b] = [along / spread, across / spread];
  return { a, b, tx: target.x - a * centre.x + b * centre.y, ty: target.y - b * centre.x - a * centre.y };
}

export function invert({ a, b, tx, ty }: Similarity): Similarity {
  const scale = a * a + b * b;
  const [c, d] = [a / scale, -b / scale];
  return { a: c, b: d, tx: -(c * tx - d * ty), ty: -(d * tx + c * ty) };
}

/** First `one`, then `next`. */
export function compose(one: Similarity, next: Similarity): Similarity {
  const { x, y } = apply(next, { x: one.tx, y: one.ty });
  return { a: next.a * one.a - next.b * one.b, b: next.b * one.a + next.a * one.b, tx: x, ty: y };
}
