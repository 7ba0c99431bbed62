import * as Plot from '@observablehq/plot';
import type { ZooAnimal, ZooReport } from '../contract/requests/explore.ts';
import { draw } from './draw.ts';
import type { Chart, Frame } from './frame.ts';
import { numberTick } from './tick-words.ts';

const symbols: Record<ZooAnimal, Plot.SymbolType> = { worm: 'triangle', phantom: 'square', chameleon: 'diamond', dove: 'star' };
const PAD = 0.06; // of the range of the means, around them

/**
 * The zoo plot (Yager and Dunstone, 2010): each person by the mean of their mated scores (x) and of their non-mated scores (y). The
 * corners, beyond the quartiles of both, are shaded; who stands in one has its shape.
 */
export function zooChart({ subjects, matedQuartiles, nonMatedQuartiles, corners }: ZooReport, frame: Frame): Chart {
  const { ink } = frame;
  const [left, right] = padded(subjects.map(({ matedMean }) => matedMean));
  const [bottom, top] = padded(subjects.map(({ nonMatedMean }) => nonMatedMean));
  const boxes: Record<ZooAnimal, { x1: number; x2: number; y1: number; y2: number }> = {
    worm: { x1: left, x2: matedQuartiles[0], y1: nonMatedQuartiles[1], y2: top },
    phantom: { x1: left, x2: matedQuartiles[0], y1: bottom, y2: nonMatedQuartiles[0] },
    chameleon: { x1: matedQuartiles[1], x2: right, y1: nonMatedQuartiles[1], y2: top },
    dove: { x1: matedQuartiles[1], x2: right, y1: bottom, y2: nonMatedQuartiles[0] },
  };
  const worst = corners.map(({ animal, count }) => ({ ...boxes[animal], words: `${count} ${animal}${count === 1 ? '' : 's'}`, animal }));
  const place = { x: 'matedMean', y: 'nonMatedMean' } as const;
  const marks: Plot.Markish[] = [
    Plot.rect(worst, { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', fill: ink.shade }),
    Plot.gridX({ stroke: ink.grid, strokeOpacity: 1, ticks: 6 }),
    Plot.gridY({ stroke: ink.grid, strokeOpacity: 1, ticks: 6 }),
    ...worst.map(({ words, animal, ...box }) => cornerWords(words, animal, { box, faint: ink.faint, halo: ink.halo })),
    Plot.dot(subjects.filter(({ animal }) => animal === null), { ...place, r: 3.5, fill: ink.faint, fillOpacity: 0.55 }),
    ...corners.map(({ animal }) => Plot.dot(subjects.filter((person) => person.animal === animal), {
      ...place, symbol: symbols[animal], r: 5, fill: ink.systems[animal === 'worm' ? 3 : 0]!, stroke: ink.halo, strokeWidth: 1,
    })),
  ];
  return draw('Zoo plot: mean mated score and mean non-mated score of each person.', {
    marginLeft: 52, marginBottom: 42, marginTop: 22, marginRight: 16,
    x: { domain: [left, right], ticks: 6, tickFormat: numberTick, label: 'Mean mated score (higher: more like themselves)', labelAnchor: 'center', labelArrow: 'none', tickSize: 0 },
    y: { domain: [bottom, top], ticks: 6, tickFormat: numberTick, label: 'Mean non-mated score (higher: more like others)', labelArrow: 'none', tickSize: 0 },
    marks,
  }, frame);
}

interface Corner { box: { x1: number; x2: number; y1: number; y2: number }; faint: string; halo: string }

/** The name of a corner at its outer end. */
function cornerWords(words: string, animal: ZooAnimal, { box, faint, halo }: Corner): Plot.Markish {
  const isLeft = animal === 'worm' || animal === 'phantom';
  const isTop = animal === 'worm' || animal === 'chameleon';
  return Plot.text([words], {
    x: [isLeft ? box.x1 : box.x2], y: [isTop ? box.y2 : box.y1], dx: isLeft ? 7 : -7, dy: isTop ? 7 : -7,
    textAnchor: isLeft ? 'start' : 'end', lineAnchor: isTop ? 'top' : 'bottom', fill: faint, stroke: halo, strokeWidth: 3, fontSize: 11,
  });
}

function padded(values: readonly number[]): [number, number] {
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const pad = Math.max((high - low) * PAD, 1e-3);
  return [low - pad, high + pad];
}
