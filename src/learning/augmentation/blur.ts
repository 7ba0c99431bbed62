import type { Picture } from './augment.ts';

/** A 3 x 3 binomial blur (1 2 1 in both directions), the border repeated. */
export function blur(picture: Picture): Picture {
  const { width, height, channels } = picture;
  const along = pass(picture.values, { step: channels, length: width, lines: lineStarts(height, width * channels, channels) });
  const values = pass(along, { step: width * channels, length: height, lines: lineStarts(width * channels, 1, 1) });
  return { ...picture, values };
}

interface Lines {
  /** Distance between neighbours on a line, and values on a line. */
  step: number;
  length: number;
  /** Where each line starts. */
  lines: number[];
}

function lineStarts(count: number, stride: number, channels: number): number[] {
  return Array.from({ length: count * channels }, (_, index) => Math.floor(index / channels) * stride + (index % channels));
}

function pass(values: Float32Array, { step, length, lines }: Lines): Float32Array {
  const smooth = new Float32Array(values.length);
  for (const start of lines) {
    for (let index = 0; index < length; index++) {
      const before = values[start + Math.max(0, index - 1) * step]!;
      const after = values[start + Math.min(length - 1, index + 1) * step]!;
      smooth[start + index * step] = (before + 2 * values[start + index * step]! + after) / 4;
    }
  }
  return smooth;
}
