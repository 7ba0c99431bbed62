/** Points are two numbers each, one after the other. */
export type Points = ArrayLike<number>;

export interface Spot { readonly x: number; readonly y: number }

/** From a point's numbers to pixels: x * scale + dx, y * -scale + dy (up is up). */
export interface View { readonly scale: number; readonly dx: number; readonly dy: number }

export interface Size { readonly width: number; readonly height: number }

const MARGIN = 18;
const MOST_ZOOM = 60;

/** The view that shows every point. */
export function fittingView(points: Points, { width, height }: Size): View {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at < points.length; at += 2) {
    left = Math.min(left, points[at]!);
    right = Math.max(right, points[at]!);
    bottom = Math.min(bottom, points[at + 1]!);
    top = Math.max(top, points[at + 1]!);
  }
  if (!(right >= left)) return { scale: 1, dx: width / 2, dy: height / 2 };
  const room = (span: number, pixels: number): number => (span > 0 ? Math.max(1, pixels - 2 * MARGIN) / span : Infinity);
  const scale = Math.min(room(right - left, width), room(top - bottom, height));
  const finite = Number.isFinite(scale) ? scale : 1;
  return { scale: finite, dx: width / 2 - ((left + right) / 2) * finite, dy: height / 2 + ((bottom + top) / 2) * finite };
}

/** All points in pixels, written into `pixels` when it is long enough. */
export function inPixels(points: Points, { scale, dx, dy }: View, pixels = new Float32Array(points.length)): Float32Array {
  for (let at = 0; at < points.length; at += 2) {
    pixels[at] = points[at]! * scale + dx;
    pixels[at + 1] = dy - points[at + 1]! * scale;
  }
  return pixels;
}

/** Closer or farther, keeping what lies under the spot where it is; never farther than everything, never absurdly close. */
export function zoomed(view: View, { factor, spot, fitting }: { factor: number; spot: Spot; fitting: View }): View {
  const scale = Math.min(fitting.scale * MOST_ZOOM, Math.max(fitting.scale, view.scale * factor));
  if (scale === fitting.scale) return fitting;
  const ratio = scale / view.scale;
  return { scale, dx: spot.x - (spot.x - view.dx) * ratio, dy: spot.y - (spot.y - view.dy) * ratio };
}

/** The point nearest to a spot, no farther than `reach`; -1 where there is none. All 20,000 take some 0.1 ms. */
export function nearestPlace(pixels: Points, { x, y }: Spot, reach: number): number {
  let best = -1;
  let least = reach * reach;
  for (let at = 0; at < pixels.length; at += 2) {
    const distance = (pixels[at]! - x) ** 2 + (pixels[at + 1]! - y) ** 2;
    if (distance > least) continue;
    best = at / 2;
    least = distance;
  }
  return best;
}

/** At most one point in each square of the window, the first that lies there: those whose pictures can stand without covering each other. */
export function spreadPlaces(pixels: Points, { width, height }: Size, side: number): number[] {
  const columns = Math.max(1, Math.floor(width / side));
  const rows = Math.max(1, Math.floor(height / side));
  const taken = new Uint8Array(columns * rows);
  const places: number[] = [];
  for (let at = 0; at < pixels.length; at += 2) {
    const [column, row] = [Math.floor(pixels[at]! / side), Math.floor(pixels[at + 1]! / side)];
    if (column < 0 || row < 0 || column >= columns || row >= rows || taken[row * columns + column]) continue;
    taken[row * columns + column] = 1;
    places.push(at / 2);
  }
  return places;
}

const SIDEWAYS = 2; // a step aside counts so much more than a step in the direction

/** The point an arrow key leads to: ahead in its direction, near, and not far aside. -1 where none lies ahead. */
export function nextPlace(pixels: Points, from: number, { x, y }: Spot): number {
  const [startX, startY] = [pixels[2 * from]!, pixels[2 * from + 1]!];
  let best = -1;
  let least = Infinity;
  for (let at = 0; at < pixels.length; at += 2) {
    const [right, down] = [pixels[at]! - startX, pixels[at + 1]! - startY];
    const ahead = right * x + down * y;
    if (!(ahead > 0)) continue;
    const cost = ahead + SIDEWAYS * Math.abs(right * y - down * x);
    if (cost >= least) continue;
    best = at / 2;
    least = cost;
  }
  return best;
}
