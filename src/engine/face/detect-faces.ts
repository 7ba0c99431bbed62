import * as tf from '@tensorflow/tfjs-core';
import type { FaceModels } from './face-models.ts';
import { apply, invert } from './geometry.ts';
import type { Point, Similarity } from './geometry.ts';
import type { Photo } from './photo.ts';
import { readOut } from './read-out.ts';
import { warp } from './warp.ts';

/** A face as the detector sees it, in pixels of the photo. */
export interface DetectedFace {
  left: number;
  top: number;
  width: number;
  height: number;
  /** 0 to 1. */
  confidence: number;
  /** Eyes as they stand in the picture, from the left. */
  eyes: [Point, Point];
}

/** A square part of a photo, which may reach beyond it. */
export interface View {
  photo: Photo;
  left: number;
  top: number;
  side: number;
}

const SIDE = 256;
const LEAST_CONFIDENCE = 0.5;
/** Two boxes that share more than this part of their union are one face. */
const SAME_FACE = 0.3;
/** Views that the network sees at once: more are no faster, and each takes memory. */
const BATCH = 8;

/** BlazeFace (Bazarevsky et al., 2019), its variant of 256 x 256: cells of 16 pixels with 2 anchors, then of 32 with 6. */
const ANCHORS: readonly Point[] = [[16, 2], [32, 6]].flatMap(([stride, count]) => {
  const cells = SIDE / stride!;
  return Array.from({ length: cells * cells * count! }, (_, index) => {
    const cell = Math.floor(index / count!);
    return { x: ((cell % cells) + 0.5) * stride!, y: (Math.floor(cell / cells) + 0.5) * stride! };
  });
});
/** Centre and size of a box, then six points (eyes, nose, mouth, ears), all from the anchor. */
const ROW = 16;

/** The faces of each view; none is a normal answer. */
export function detectFaces(views: readonly View[], models: FaceModels): DetectedFace[][] {
  const found: DetectedFace[][] = [];
  for (let first = 0; first < views.length; first += BATCH) found.push(...detectBatch(views.slice(first, first + BATCH), models));
  return found;
}

function detectBatch(views: readonly View[], models: FaceModels): DetectedFace[][] {
  const toSquares = views.map(({ left, top, side }): Similarity => {
    const scale = SIDE / side;
    return { a: scale, b: 0, tx: -scale * left, ty: -scale * top };
  });
  const pixels = new Float32Array(views.length * SIDE * SIDE * 3);
  for (const [index, { photo }] of views.entries()) pixels.set(warp(photo, toSquares[index]!, SIDE), index * SIDE * SIDE * 3);
  const [scores, boxes] = readOut(() => {
    const input = tf.sub(tf.div(tf.tensor4d(pixels, [views.length, SIDE, SIDE, 3]), 127.5), 1);
    const [fine, coarse, fineBoxes, coarseBoxes] = models.detector(input, ['Identity', 'Identity_1', 'Identity_2', 'Identity_3']) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
    return [tf.concat([fine, coarse], 1), tf.concat([fineBoxes, coarseBoxes], 1)];
  }) as [Float32Array, Float32Array];
  return toSquares.map((toSquare, index) => {
    const back = invert(toSquare);
    const faces = ANCHORS.flatMap((anchor, at) => {
      const place = index * ANCHORS.length + at;
      const confidence = 1 / (1 + Math.exp(-scores[place]!));
      return confidence < LEAST_CONFIDENCE ? [] : [decode(boxes.subarray(place * ROW, (place + 1) * ROW), { anchor, back, confidence })];
    });
    return dropRepeated(faces);
  });
}

function decode(row: ArrayLike<number>, { anchor, back, confidence }: { anchor: Point; back: Similarity; confidence: number }): DetectedFace {
  const point = (at: number): Point => apply(back, { x: row[at]! + anchor.x, y: row[at + 1]! + anchor.y });
  const centre = point(0);
  const [width, height] = [row[2]! * back.a, row[3]! * back.a];
  return { left: centre.x - width / 2, top: centre.y - height / 2, width, height, confidence, eyes: [point(4), point(6)] };
}

/** Keeps the surest of boxes that lie over each other. */
export function dropRepeated<Face extends DetectedFace>(faces: readonly Face[]): Face[] {
  const kept: Face[] = [];
  for (const face of faces.toSorted((one, other) => other.confidence - one.confidence)) {
    if (kept.every((other) => sharedPart(face, other) < SAME_FACE)) kept.push(face);
  }
  return kept;
}

function sharedPart(one: DetectedFace, other: DetectedFace): number {
  const width = Math.min(one.left + one.width, other.left + other.width) - Math.max(one.left, other.left);
  const height = Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (one.width * one.height + other.width * other.height - shared);
}
