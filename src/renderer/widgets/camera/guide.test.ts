import { describe, expect, it } from 'vitest';
import type { Look, SeenSample } from '../../../contract/requests/inspections.ts';
import { guide, heldShare, HOLD_MS } from './guide.ts';

const face = (left: number, components: Record<string, number> = { size: 100 }, reasons: string[] = []): SeenSample => ({
  label: 'face 1',
  outline: [{ x: left, y: 0 }, { x: left + 200, y: 0 }, { x: left + 200, y: 200 }, { x: left, y: 200 }],
  landmarks: [{ x: left + 50, y: 60 }, { x: left + 150, y: 60 }],
  quality: { score: Math.min(...Object.values(components)), reasons, components },
});
const look = (...samples: SeenSample[]): Look => ({ width: 640, height: 480, samples });
const at = (atMs: number) => ({ pipeline: 'face' as const, atMs, leastQuality: 0 });

describe('guidance before the camera', () => {
  it('says that nobody is there', () => {
    expect(guide(null, look(), at(0))).toMatchObject({ advice: 'No face in view', isGood: false, stillSinceMs: null });
    expect(guide(null, look(), { pipeline: 'finger', atMs: 0, leastQuality: 0 }).advice).toBe('No finger in view');
  });

  it.each([
    [{ size: 20, sharpness: 50 }, ['too small: the eyes are 12 pixels apart', 'blurred'], 'Move closer'],
    [{ 'pose': 10 }, ['turned away: look into the camera'], 'Look into the camera'],
    [{ 'exposure': 5 }, ['too dark: turn a light to the face'], 'Too dark: turn a light to the face'],
    [{ 'ridge-clarity': 5 }, ['ridges are hard to see'], 'Come nearer, and hold still'],
  ])('says the one thing that is worst: %o', (components, reasons, advice) => {
    expect(guide(null, look(face(0, components, reasons)), at(0))).toMatchObject({ advice, reasons, isGood: false });
  });

  it('counts the faces that are in each other\'s way', () => {
    const crowded = face(0, { 'single-face': 30 }, ['several faces: 1 more']);
    expect(guide(null, look(crowded, face(300)), at(0)).advice).toBe('Two faces in view');
    expect(guide(null, look(crowded, face(300), face(500)), at(0)).advice).toBe('Several faces in view');
  });

  it('wants a good face to be still for a while, and begins anew when it moves or gets worse', () => {
    const first = guide(null, look(face(100)), at(0));
    expect(first).toMatchObject({ advice: 'Hold still', isGood: true, stillSinceMs: null });
    const still = guide(first, look(face(104)), at(150));
    expect(still).toMatchObject({ advice: 'Good', stillSinceMs: 150 });
    const longer = guide(still, look(face(108)), at(300));
    expect(longer.stillSinceMs).toBe(150);
    expect(heldShare(longer, 150 + HOLD_MS / 2)).toBeCloseTo(0.5);
    expect(heldShare(longer, 150 + HOLD_MS * 2)).toBe(1);
    expect(guide(longer, look(face(150)), at(450))).toMatchObject({ advice: 'Hold still', stillSinceMs: null });
    expect(guide(longer, look(face(108, { exposure: 3 }, ['too dark'])), at(450)).stillSinceMs).toBeNull();
  });

  it('asks for more where the lab does, and says of what', () => {
    const fair = look(face(0, { size: 75, pose: 100 }));
    expect(guide(null, fair, { ...at(0), leastQuality: 70 }).isGood).toBe(true);
    expect(guide(null, fair, { ...at(0), leastQuality: 80 })).toMatchObject({ isGood: false, advice: 'Move closer' });
  });

  it('judges several fingers by the worst of them', () => {
    const [clear, blurred] = [face(0), face(300, { sharpness: 10 }, ['blurred or grainy'])];
    expect(guide(null, look(clear, blurred), { pipeline: 'finger', atMs: 0, leastQuality: 0 }).sample).toBe(blurred);
  });
});
