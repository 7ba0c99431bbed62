import { blank, mapPixels } from './grey-image.ts';
import type { GreyImage } from './grey-image.ts';

const ROUNDS = 4;
/** Grey levels, squared: two groups of one colour each still have a border. */
const LEAST_VARIANCE = 4;

/** Moves the border between two groups of pixels to where Fisher's linear discriminant of their colours has it, a few times. */
export function redrawBorder(mask: GreyImage, colours: readonly GreyImage[]): GreyImage {
  let current = mask;
  for (let round = 0; round < ROUNDS; round++) {
    const count = current.data.reduce((sum, value) => sum + value, 0);
    if (count === 0 || count === current.data.length) return current;
    current = discriminate(current, colours);
  }
  return current;
}

function discriminate(mask: GreyImage, colours: readonly GreyImage[]): GreyImage {
  const [inside, outside] = [meanColour(mask, colours, 1), meanColour(mask, colours, 0)];
  const direction = solve(sharedCovariance(mask, colours, [outside, inside]), inside.map((value, channel) => value - outside[channel]!));
  const border = direction.reduce((sum, weight, channel) => sum + (weight * (inside[channel]! + outside[channel]!)) / 2, 0);
  return mapPixels(blank(mask.width, mask.height), (_, at) => (direction.reduce((sum, weight, channel) => sum + weight * colours[channel]!.data[at]!, 0) > border ? 1 : 0));
}

function meanColour({ data }: GreyImage, colours: readonly GreyImage[], group: number): number[] {
  const count = data.reduce((sum, value) => sum + (value === group ? 1 : 0), 0);
  return colours.map((colour) => colour.data.reduce((sum, value, at) => sum + (data[at] === group ? value : 0), 0) / count);
}

function sharedCovariance({ data }: GreyImage, colours: readonly GreyImage[], means: readonly number[][]): number[][] {
  return colours.map((one, row) => colours.map((other, column) => {
    let sum = 0;
    for (let at = 0; at < data.length; at++) sum += (one.data[at]! - means[data[at]!]![row]!) * (other.data[at]! - means[data[at]!]![column]!);
    return sum / data.length + (row === column ? LEAST_VARIANCE : 0);
  }));
}

/** Solves a positive definite system by Gauss's elimination. */
function solve(matrix: readonly number[][], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index]!]);
  for (const [pivot, pivotRow] of rows.entries()) {
    for (const [index, row] of rows.entries()) {
      if (index === pivot) continue;
      const factor = row[pivot]! / pivotRow[pivot]!;
      for (let column = pivot; column < row.length; column++) row[column] = row[column]! - factor * pivotRow[column]!;
    }
  }
  return rows.map((row, index) => row.at(-1)! / row[index]!);
}
