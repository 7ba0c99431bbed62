import type { ErrorCurve, ErrorPoint } from '../../../charts/error-curves.ts';

interface Place { x: number; y: number }

/** The point of any curve that is nearest to the pointer, on the screen; null when nothing is drawn. */
export function nearestOnCurves(
  curves: readonly ErrorCurve[],
  pointer: Place,
  place: (point: ErrorPoint) => Place,
): (Place & { name: string; point: ErrorPoint }) | null {
  let best: (Place & { name: string; point: ErrorPoint }) | null = null;
  let bestDistance = Infinity;
  for (const { name, points } of curves) {
    for (const point of points) {
      const { x, y } = place(point);
      const distance = (x - pointer.x) ** 2 + (y - pointer.y) ** 2;
      if (distance < bestDistance) [best, bestDistance] = [{ name, point, x, y }, distance];
    }
  }
  return best;
}
