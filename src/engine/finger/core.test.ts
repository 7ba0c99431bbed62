import { describe, expect, it } from 'vitest';
import { aboutCore, CORE_WINDOW, findCore } from './core.ts';
import { blank, mapPixels } from './grey-image.ts';
import type { GreyImage } from './grey-image.ts';
import { halfTurn } from './pointing.ts';
import { ridgeFlow } from './ridge-flow.ts';

const SIDE = 360;
const CENTRE = { x: 190, y: 150 };

/** A plain loop: half circles above its core, straight ridges below; 9 pixels a ridge, turned clockwise about the core. */
function loop(turn: number, centre = CENTRE): GreyImage {
  return mapPixels(blank(SIDE, SIDE), (_, at) => {
    const [x, y] = [(at % SIDE) - centre.x, Math.floor(at / SIDE) - centre.y];
    const [across, down] = [x * Math.cos(turn) + y * Math.sin(turn), -x * Math.sin(turn) + y * Math.cos(turn)];
    const distance = down < 0 ? Math.hypot(across, down) : Math.abs(across);
    return 127.5 + 120 * Math.cos((2 * Math.PI * distance) / 9);
  });
}

const seen = mapPixels(blank(SIDE, SIDE), (_, at) => ((((at % SIDE) - 185) / 150) ** 2 + ((Math.floor(at / SIDE) - 175) / 170) ** 2 < 1 ? 1 : 0));
const printOf = (turn: number) => ({ print: loop(turn), mask: seen, kind: 'contact' as const });

describe('the core of a loop', () => {
  it.each([-0.4, 0, 0.25])('turned by %d radians is found where it is, and which way up', (turn) => {
    const { x, y, angle, strength, clarity } = findCore(printOf(turn));
    // Two ridges above the centre of the circles, where the turn is tightest on either side.
    const above = { x: CENTRE.x + 18 * Math.sin(turn), y: CENTRE.y - 18 * Math.cos(turn) };
    expect(Math.hypot(x - above.x, y - above.y)).toBeLessThan(9);
    expect(Math.abs(angle - turn)).toBeLessThan(0.2);
    expect(strength).toBeGreaterThan(0.7);
    expect(clarity).toBeGreaterThan(0.6);
  });

  it('brings a turned print to where an upright one is', () => {
    const [upright, turned] = [0, 0.3].map((turn) => aboutCore(printOf(turn), findCore(printOf(turn)))) as [GreyImage, GreyImage];
    const flows = [upright, turned].map((window) => ridgeFlow(window, 9).angle.data);
    let [apart, count] = [0, 0];
    for (let row = 60; row < 240; row += 3) {
      for (let column = 100; column < 260; column += 3) {
        const at = row * CORE_WINDOW.width + column;
        apart += Math.abs(halfTurn(flows[0]![at]! - flows[1]![at]!));
        count++;
      }
    }
    expect((apart / count) * (180 / Math.PI)).toBeLessThan(8);
    expect([upright.width, upright.height]).toEqual([CORE_WINDOW.width, CORE_WINDOW.height]);
  });

  it('is looked for in a photo\'s print too, whose mask is its mirror image, and what is not seen is grey', () => {
    const half = mapPixels(seen, (value, at) => (at % SIDE < 120 ? 0 : value));
    const mirrored = mapPixels(half, (_, at) => half.data[at - (at % SIDE) + SIDE - 1 - (at % SIDE)]!);
    const core = findCore({ print: loop(0), mask: mirrored, kind: 'contactless' });
    expect(Math.hypot(core.x - CENTRE.x, core.y - CENTRE.y)).toBeLessThan(27);
    const window = aboutCore({ print: loop(0), mask: mirrored, kind: 'contactless' }, { x: CENTRE.x, y: CENTRE.y, angle: 0 });
    const row = 200 * CORE_WINDOW.width;
    expect([...window.data.subarray(row, row + 100)].every((value) => value === 127.5)).toBe(true);
    expect(Math.abs(window.data[row + CORE_WINDOW.width / 2]! - 127.5)).toBeGreaterThan(5);
  });
});

it('a print without ridges has a core of no strength', () => {
  const { strength, clarity } = findCore({ print: mapPixels(blank(90, 120), () => 255), mask: mapPixels(blank(90, 120), () => 1), kind: 'contact' });
  expect([strength, clarity]).toEqual([0, 0]);
});
