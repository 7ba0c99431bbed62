import { asSentence } from '../seen/quality-words.ts';
import type { Look, PipelineName, Point, SeenSample } from '../../../contract/requests/inspections.ts';

/** What is said to the person before the camera, and what it is based on. */
export interface Guidance {
  /** A few words: the one thing to do now. */
  readonly advice: string;
  /** What is wrong, worst first, as the pipeline says it. */
  readonly reasons: readonly string[];
  /** The sample that decides: the largest face, the worst finger; null when there is none. */
  readonly sample: SeenSample | null;
  readonly isGood: boolean;
  /** Since when it has been good and still (milliseconds of the caller's clock). */
  readonly stillSinceMs: number | null;
}

/** Good and still for this long: then the picture is taken. */
export const HOLD_MS = 700;
/** From one look to the next a landmark may move by this part of the box's width: what detectors jitter, and a calm person sways. */
const STILL_WITHIN = 0.06;

const nothing: Record<PipelineName, string> = { face: 'No face in view', finger: 'No finger in view' };

/** The short word for a component; the others are said as the pipeline says them. */
const shortWords: Readonly<Record<string, string>> = {
  'size': 'Move closer',
  'sharpness': 'Hold still',
  'pose': 'Look into the camera',
  'cropping': 'Move into the picture',
  'visibility': 'Show the whole face',
  'distinctness': 'Come nearer, with light from the front',
  'ridge-clarity': 'Come nearer, and hold still',
  'area': 'Show the fingertip down to its crease',
};

interface Moment {
  pipeline: PipelineName;
  atMs: number;
  /** What the lab asks of a picture at enrolment, 0 to 100. */
  leastQuality: number;
}

/** From what was seen before and what is seen now to what is said now. */
export function guide(before: Guidance | null, look: Look, { pipeline, atMs, leastQuality }: Moment): Guidance {
  const sample = decisive(look.samples, pipeline);
  if (sample === null) return { advice: nothing[pipeline], reasons: [], sample, isGood: false, stillSinceMs: null };
  const { reasons } = sample.quality;
  const isGood = reasons.length === 0 && sample.quality.score >= leastQuality;
  const isStill = before !== null && before.sample !== null && moved(before.sample, sample) <= STILL_WITHIN;
  const stillSinceMs = isGood && isStill ? (before.stillSinceMs ?? atMs) : null;
  const advice = isGood ? (isStill ? 'Good' : 'Hold still') : complaint(sample, look.samples.length);
  return { advice, reasons, sample, isGood, stillSinceMs };
}

/** How much of the wait for the picture is over, 0 to 1. */
export function heldShare({ stillSinceMs }: Guidance, nowMs: number): number {
  return stillSinceMs === null ? 0 : Math.min(1, (nowMs - stillSinceMs) / HOLD_MS);
}

function decisive(samples: readonly SeenSample[], pipeline: PipelineName): SeenSample | null {
  if (pipeline === 'face') return samples[0] ?? null;
  return samples.toSorted((one, other) => one.quality.score - other.quality.score)[0] ?? null;
}

function complaint({ quality: { reasons, components } }: SeenSample, seen: number): string {
  const [worst] = Object.entries(components).toSorted(([, one], [, other]) => one - other);
  if (worst?.[0] === 'single-face') return seen === 2 ? 'Two faces in view' : 'Several faces in view';
  return shortWords[worst?.[0] ?? ''] ?? asSentence(reasons[0] ?? 'The quality is not enough yet');
}

/** The farthest that a point has moved, in widths of the box. */
function moved(before: SeenSample, now: SeenSample): number {
  const [from, to] = now.landmarks.length > 0 ? [before.landmarks, now.landmarks] : [before.outline, now.outline];
  if (from.length !== to.length) return Infinity;
  const [corner, next] = now.outline as [Point, Point];
  return Math.max(...to.map((point, index) => distance(point, from[index]!))) / Math.max(1, distance(corner, next));
}

const distance = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y);
